"""The four cards of the tab: membership with its forecast, benefits left, points, events."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from rmdesk.base import clock
from rmdesk.base.text import _, sentences
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.benefits.queries import BenefitRow, UseRow
from rmdesk.services.benefits.tables import benefit_name
from rmdesk.services.clubs import tables
from rmdesk.services.clubs.queries import ProposalRow
from rmdesk.services.clubs.terms import Membership
from rmdesk.services.gatherings.queries import ClientEvent
from rmdesk.services.points.queries import Account, EntryRow
from rmdesk.services.points.words import said
from rmdesk.ui.gatherings import club_dialogs, words
from rmdesk.ui.gatherings.benefits_view import used_line
from rmdesk.ui.gatherings.clubs_view import decided, steps
from rmdesk.ui.gatherings.points_view import posted
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.widgets import Button, Card, Chip, block, clear, label, row, rule

EVENTS, LINES = 12, 10  # shown in the tab


class MembershipCard(Card):
    """Whether the client is a member, how the half-year stands, what is next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Club"), "", gap=8)
        self._desk = desk

    def show_forecast(self, known: Membership, one: ProposalRow | None, *, lead: bool) -> None:
        """Show these."""
        clear(self.body)
        if one is None:
            return
        self.body.addWidget(_membership(known, one))
        figures = row(gap=24)
        for name, figure in (
            (_("Mean so far"), format.short_amount(one.mean_minor, one.currency)),
            (_("Needed mean"), words.needed(one) or "–"),
            (_("Last month"), format.short_amount(one.level_minor, one.currency)),
            (_("Days known"), _("{known} of {days}").format(known=one.known_days, days=one.days)),
        ):
            figures.addWidget(block(label(name, "note"), label(figure, "figure"), gap=2))
        figures.addStretch(1)
        holder = QWidget()
        holder.setLayout(figures)
        self.add(holder)
        self.add(label(sentences(*(reason.said for reason in one.why)), "note", wrap=True))
        if one.decided is not None:
            text = _("{half}: {decided}").format(half=one.half, decided=decided(one))
            self.add(label(" · ".join(part for part in (text, one.decided.reason) if part), "soft", wrap=True))
        flow, acts = Flow(), QWidget()
        for text, press in steps(self._desk, one, lead=lead):
            flow.addWidget(Button(text, press, kind="small"))
        acts.setLayout(flow)
        self.add(acts)


class BenefitsCard(Card):
    """What is left of each benefit, with one click when it was used."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Benefits"), "", gap=8)
        self._desk = desk

    def show_benefits(self, client: ClientId, rows: tuple[BenefitRow, ...], uses: tuple[UseRow, ...]) -> None:
        """Show these."""
        clear(self.body)
        self.note.setText(str(rows[0].year) if rows else "")
        for one in rows:
            name = benefit_name(one.code)
            line = row(label(name, "strong"), label(used_line(one.count, one.left), "soft"), None, gap=12)
            if one.last_on is not None:
                line.addWidget(label(_("last {day}").format(day=format.short_day(one.last_on)), "note"))
            spoken = _("{what}: used").format(what=name)
            used = Button(_("Note use"), partial(self._use, client, one.code), kind="small", name=spoken)
            used.setEnabled(one.left > 0)
            line.addWidget(used)
            more = partial(self._more, client, one.code)
            line.addWidget(Button("…", more, kind="small", name=_("{what}: used on another day").format(what=name)))
            self.body.addLayout(line)
        if not rows:
            text = _("This client has no right to benefits: they come with the club and the higher tiers.")
            self.add(label(text, "note", wrap=True))
        for use in uses:
            if use.open:
                self.body.addWidget(self._settled(use))
        if uses:
            self.add(rule())
        for use in uses[:LINES]:
            self.body.addLayout(self._noted(use))

    def _noted(self, use: UseRow) -> QHBoxLayout:
        """A use, to be corrected or taken away."""
        name = benefit_name(use.benefit)
        day = format.short_day(use.on) if use.year == clock.today().year else format.day(use.on)
        about = " · ".join(part for part in (name, use.place, use.note) if part)
        line = row(label(day, "note"), label(about, "soft", wrap=True), gap=12)
        line.setStretch(1, 1)
        for text, press in (
            (_("Edit"), partial(club_dialogs.open_use, self._desk, use)),
            (_("Take away"), partial(self._remove, use.id)),
        ):
            line.addWidget(Button(text, press, kind="quiet-link", name=f"{text}: {name} {day}"))
        return line

    def _settled(self, use: UseRow) -> QWidget:
        """A use that two desks noted: the same, or a second one."""
        text = _("{benefit}, use {turn}: noted here {day}, and at another desk ({other}).").format(
            benefit=benefit_name(use.benefit), turn=use.turn, day=format.short_day(use.on),
            other="; ".join(version for version in use.versions if version) or _("the same day"),
        )  # fmt: skip
        same = Button(_("The same use"), partial(self._settle, use.id, second=False), kind="small")
        second = Button(_("A second use"), partial(self._settle, use.id, second=True), kind="small")
        return block(label(text, "error", wrap=True), row(same, second, None), gap=4)

    def _use(self, client: ClientId, code: str) -> None:
        from rmdesk.services.benefits.commands import UseBenefit

        self._desk.perform(UseBenefit(client, code), _("{what}: use noted").format(what=benefit_name(code)))

    def _remove(self, use: RecordId) -> None:
        from rmdesk.services.benefits.commands import RemoveUse

        self._desk.perform(RemoveUse(use))

    def _more(self, client: ClientId, code: str) -> None:
        opened(club_dialogs.UseDialog(self._desk, client, code))

    def _settle(self, use: RecordId, *, second: bool) -> None:
        from rmdesk.services.benefits.commands import SettleUse

        self._desk.perform(SettleUse(use, second))


class PointsCard(Card):
    """The balance, what expires soon, and the newest lines of the ledger."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Loyalty points"), "", gap=6)
        self._desk = desk

    def show_account(self, client: ClientId, account: Account) -> None:
        """Show this."""
        clear(self.body)
        head = row(label(format.whole(account.balance), "figure"), gap=12)
        if account.soon:
            text = _("{points} expire by {day}").format(
                points=format.whole(account.soon), day=format.short_day(account.soon_by)
            )
            head.addWidget(Chip(text, "occasion"))
        head.addStretch(1)
        if account.due:
            text = _("Post {count} due").format(count=len(account.due))
            head.addWidget(Button(text, partial(self._post, client), kind="small"))
        redeem = Button(_("Redeem points"), partial(self._redeem, client, account.balance), kind="small")
        redeem.setEnabled(account.balance > 0)
        head.addWidget(redeem)
        self.body.addLayout(head)
        for entry in account.entries[:LINES]:
            self.body.addLayout(self._line(entry))
        if len(account.entries) > LINES:
            more = _("and {count} more; rmdesk points tells all").format(count=len(account.entries) - LINES)
            self.add(label(more, "note"))
        if not account.entries:
            text = _("No points yet: deposits, wealth products, insurance and referrals earn them.")
            self.add(label(text, "note", wrap=True))

    def _line(self, entry: EntryRow) -> QHBoxLayout:
        what = said(entry.kind, entry.rule).said
        text = f"{what} · {entry.note}" if entry.note else what
        line = row(label(format.short_day(entry.on), "note"), label(text, "", wrap=True), gap=12)
        line.setStretch(1, 1)
        sign = "+" if entry.points > 0 else "\N{MINUS SIGN}"
        line.addWidget(label(f"{sign}{format.whole(abs(entry.points))}", "strong"))
        if entry.corrected:
            line.addWidget(label(_("reversed"), "note"))
        else:
            press = partial(self._correct, entry.id)
            line.addWidget(Button(_("Counter-entry"), press, kind="link", name=f"{_('Counter-entry')} {what}"))
        return line

    def _post(self, client: ClientId) -> None:
        from rmdesk.services.points.commands import PostDue

        self._desk.perform(PostDue(client), posted)

    def _redeem(self, client: ClientId, balance: int) -> None:
        opened(club_dialogs.RedeemDialog(self._desk, client, balance))

    def _correct(self, entry: RecordId) -> None:
        from rmdesk.services.points.commands import CorrectEntries

        self._desk.perform(CorrectEntries((entry,)))


class EventsCard(Card):
    """To what the client was asked, and whether they came."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Events"), " ", gap=8)
        self._desk = desk
        self._client: ClientId | None = None
        self.corner.addWidget(Button(_("Add to an event"), self._invite, kind="small"))

    def show_events(self, client: ClientId, events: tuple[ClientEvent, ...]) -> None:
        """Show these."""
        self._client = client
        clear(self.body)
        self.note.setText(format.whole(len(events)) if events else "")
        for event in events[:EVENTS]:
            text, kind = words.STANDS[event.stand]
            line = row(label(format.short_day(event.on), "note"), label(event.title, "", wrap=True), gap=12)
            line.setStretch(1, 1)
            line.addWidget(Chip(_(text), kind))
            if event.gathering is not None:
                press = partial(self._desk.go, "gatherings", gathering=event.gathering)
                line.addWidget(Button(_("Event"), press, kind="link", name=event.title))
            self.body.addLayout(line)
        if not events:
            self.add(label(_("The client was not asked to an event yet."), "note", wrap=True))

    def _invite(self) -> None:
        if self._client is not None:
            self._desk.ask("guests", clients=(self._client,))


def _membership(known: Membership, one: ProposalRow) -> QWidget:
    """Member or not, until when, in which sub-clubs, and what is proposed."""
    club = tables.clubs()[one.club]
    term = known.term
    line = row(label(club.name.said, "strong"), gap=10)
    line.addWidget(Chip(_("Club member"), "good") if known.member else Chip(_("no member"), "plain"))
    text, kind = words.proposal(one.proposal)
    if text:
        line.addWidget(Chip(_("{half}: {what}").format(half=one.half, what=text), kind))
    line.addStretch(1)
    parts = []
    if known.member and term is not None:
        parts.append(_("{start} to {end}").format(start=format.day(term.starts_on), end=format.day(term.ends_on)))
        parts += [club.circles[code].said for code in term.circles if code in club.circles]
    return block(line, label(" · ".join(parts), "note", wrap=True), gap=2) if parts else block(line)
