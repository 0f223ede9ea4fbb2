"""The cards beside the list of relationships: influence, household, referrals, kin that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout

from rmdesk.base.text import _
from rmdesk.services.relations.rows import HouseholdRow, Influence, KinRow, Member, ReferralRow, RelationRow
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Button, Card, Chip, block, clear, column, label, row, rule

SHOWN = 12
AT_ONCE = 3  # lines of kin that are made in one step


class InfluenceCard(Card):
    """How well connected a client is, and who decides for them. Signal `opened(node)`."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Influence"))

    def show_influence(self, found: Influence | None, deciders: tuple[RelationRow, ...]) -> None:
        """Show it; nothing where nothing is known."""
        clear(self.body)
        self.setVisible(found is not None and bool(found.ties))
        if found is None:
            return
        text = _("Tied to {ties}; decides for or sways {decides}.").format(ties=found.ties, decides=found.decides)
        line = row(label(text, "soft", wrap=True), gap=8)
        line.setStretch(0, 1)
        if found.strong:
            line.addWidget(Chip(_("Influencer"), "opportunity"))
        self.add(line)
        for one in deciders:
            go = _link(one.other.name, partial(self.opened.emit, one.other.node))
            note = label(one.note, "note", wrap=True)
            decides = row(label(_("Decisions are made by"), "soft"), go, note, gap=6)
            decides.setStretch(2, 1)
            self.add(decides)


class HouseholdCard(Card):
    """Who keeps house together. Signals: `opened(node)`, `left(member)`, `more`, `edit`, `dissolve`."""

    opened = Signal(object)
    left = Signal(object)
    more = Signal()
    edit = Signal()
    dissolve = Signal()

    def __init__(self) -> None:
        super().__init__(_("Household"))
        self.button = Button("", self.more.emit, kind="link")
        self._end = Button(_("Dissolve"), self.dissolve.emit, kind="quiet-link")
        self._edit = Button(_("Edit"), self.edit.emit, kind="link", name=_("Edit household"))
        self.corner.addWidget(self._end)
        self.corner.addWidget(self._edit)
        self.corner.addWidget(self.button)

    def show_household(self, found: HouseholdRow | None, client: int) -> None:
        """Show its members, and what it has with the bank."""
        clear(self.body)
        self.button.setText(_("Make household") if found is None else _("Add"))
        for button in (self._end, self._edit):
            button.setVisible(found is not None)
        self.title(_("Household") if found is None else found.name, "" if found is None else str(len(found.members)))
        if found is None:
            self.add(label(_("Nobody is noted as living with the client."), "note", wrap=True))
            return
        if found.aum_minor is not None:
            amount = format.short_amount(found.aum_minor, found.currency)
            self.add(label(_("AUM of its clients together: {amount}").format(amount=amount), "soft"))
        for member in found.members:
            self.add(self._member(member, client))
        if found.note:
            self.add(label(found.note, "note", wrap=True))

    def _member(self, member: Member, client: int) -> QLayout:
        party = member.party
        name = (
            label(party.name, "strong")
            if party.node == client
            else _link(party.name, partial(self.opened.emit, party.node))
        )
        line = row(name, label(party.about, "note", wrap=True), gap=6)
        line.setStretch(1, 1)
        hint = _("Take {name} out of the household").format(name=party.name)
        line.addWidget(Button("", partial(self.left.emit, member.id), kind="icon", icon="close", hint=hint))
        return line


class ReferralCard(Card):
    """Whom the client brought. Signals: `opened(node)`, `add`, `edit(row)`, `confirm(row)`, `remove(row)`."""

    opened = Signal(object)
    asked = Signal()
    edit = Signal(object)
    confirm = Signal(object)
    remove = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Referrals"), "")
        self.corner.addWidget(Button(_("Add"), self.asked.emit, kind="link", name=_("Add referral")))

    def show_referrals(self, rows: tuple[ReferralRow, ...]) -> None:
        """Show them, the newest first."""
        clear(self.body)
        self.note.setText(str(len(rows)) if rows else "")
        for at, one in enumerate(rows[:SHOWN]):
            if at:
                self.add(rule())
            self.add(self._referral(one))
        if not rows:
            text = _("Whom the client brings counts for loyalty and priority once it is confirmed.")
            self.add(label(text, "note", wrap=True))

    def _referral(self, one: ReferralRow) -> QLayout:
        party = one.by or one.new
        said = _("Brought by {name}").format(name=one.by.name) if one.by else one.name
        who = label(said, "strong") if party is None else _link(said, partial(self.opened.emit, party.node))
        state = Chip(_("confirmed"), "good") if one.confirmed else Chip(_("not confirmed yet"), "plain")
        head = row(label(format.day(one.on), "note"), who, None, state, gap=8)
        acts = row(label(one.note, "note", wrap=True), gap=6)
        acts.setStretch(0, 1)
        if one.by is None:
            if not one.confirmed:
                acts.addWidget(_act(_("Confirm"), one.name, partial(self.confirm.emit, one)))
            acts.addWidget(_act(_("Edit"), one.name, partial(self.edit.emit, one)))
            acts.addWidget(_act(_("Remove"), one.name, partial(self.remove.emit, one)))
        return column(head, acts, gap=2)


class KinCard(Card):
    """Kin that follows from what is noted. Signal `opened(node)`."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Kin that follows"), "")

    def steps(self, rows: tuple[KinRow, ...]) -> Iterator[Callable[[], object]]:
        """Show it with the way it follows, in steps that each take little; hidden where nothing does."""
        yield partial(clear, self.body)
        self.setVisible(bool(rows))
        self.note.setText(str(len(rows)) if rows else "")
        for at in range(0, min(SHOWN, len(rows)), AT_ONCE):
            yield partial(self._add, rows[at : min(at + AT_ONCE, SHOWN)])
        if len(rows) > SHOWN:
            yield lambda: self.add(label(_("{count} more").format(count=len(rows) - SHOWN), "note"))

    def _add(self, rows: tuple[KinRow, ...]) -> None:
        lines = []
        for one in rows:
            go = _link(one.other.name, partial(self.opened.emit, one.other.node))
            lines.append(column(row(Chip(one.called.said), go, None, gap=6), label(one.path, "note", wrap=True), gap=2))
        made = block(*lines)
        self.add(made)
        made.show()  # dressed and laid out now, so that it counts as part of the step


def _link(name: str, press: partial[None]) -> Button:
    made = Button(name, press, kind="link")
    made.setProperty("flush", True)  # a name without a link stands beside it
    made.setAccessibleName(_("Open {name}").format(name=name))
    return made


def _act(text: str, name: str, press: partial[None]) -> Button:
    return Button(text, press, kind="quiet-link", name=f"{text}: {name}")
