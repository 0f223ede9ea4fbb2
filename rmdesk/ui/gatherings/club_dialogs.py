"""The forms of clubs, benefits and points: decide, judge, notice, use, redeem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _, sentences
from rmdesk.models.kinds import ClientId, Decision
from rmdesk.services.benefits import tables as benefit_tables
from rmdesk.services.benefits.queries import UseRow
from rmdesk.services.clubs import tables as club_tables
from rmdesk.services.clubs.queries import ProposalRow
from rmdesk.services.clubs.terms import TermRow
from rmdesk.services.clubs.words import DECISIONS
from rmdesk.services.points import tables as point_tables
from rmdesk.ui.gatherings import words
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.widgets import label

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command

LINES = 72


class DecideDialog(FormDialog):
    """What is decided on a client for a half-year; the figures stand above, sub-clubs below."""

    def __init__(self, desk: Desk, row: ProposalRow) -> None:
        super().__init__(desk, _("Decide on membership"), said=_("Decided; it is with the lead"))
        self.setMinimumWidth(540)
        self._row = row
        about = f"{row.name} · {club_tables.club_name(row.club)} {row.half}"
        why = sentences(*(one.said for one in row.why))
        self.explain(label(about, "soft", wrap=True), label(why, "note", wrap=True))
        able = (Decision.STAY, Decision.WATCH, Decision.LEAVE) if row.member else (Decision.JOIN, Decision.DECLINE)
        pairs = [(one.value, _(DECISIONS[one])) for one in able]
        self.form.add("decision", _("Decision"), choices(*pairs), needed=True)
        note = _("Needed where it is not what the figures propose.")
        self.form.add("reason", _("Reason"), _lines(), note=note)
        known = row.decided
        self.circles: dict[str, QCheckBox] = {}
        flow = Flow(gap=16)
        for code, name in club_tables.clubs()[row.club].circles.items():
            made = self.circles[code] = QCheckBox(name.said)
            made.setChecked(known is not None and code in known.circles)
            flow.addWidget(made)
        holder = QWidget()
        holder.setLayout(flow)
        self.extra.addWidget(label(_("Sub-clubs"), "field"))
        self.extra.addWidget(holder)
        proposed = next((one for one in able if words.follows(row.proposal, one)), None)
        chosen = known.decision if known is not None else proposed
        self.form.fill(decision=chosen.value if chosen else able[0].value, reason=known.reason if known else "")

    def command(self) -> Command[Any]:
        from rmdesk.services.clubs.commands import DecideTerm

        circles = tuple(code for code, box in self.circles.items() if box.isChecked())
        return DecideTerm(
            self._row.client, Decision(self.form.value("decision")), self._row.half, self._row.club,
            self.form.value("reason"), circles,
        )  # fmt: skip


class JudgeDialog(FormDialog):
    """The lead's word on a decision."""

    def __init__(self, desk: Desk, row: ProposalRow, term: TermRow) -> None:
        super().__init__(desk, _("Judge membership"), said=_("Word given"))
        self._term = term
        self.form.add(
            "approve", _("The lead's word"), choices(("yes", _("Approved")), ("no", _("Refused"))), needed=True,
            note=f"{row.name} · {_(DECISIONS[term.decision])} · {term.reason}".rstrip(" ·"),
        )  # fmt: skip
        self.form.add("comment", _("Comment"), _lines(), note=_("A refusal says why."))

    def command(self) -> Command[Any]:
        from rmdesk.services.clubs.commands import JudgeTerm

        return JudgeTerm(self._term.id, self.form.value("approve") == "yes", self.form.value("comment"))


class NoticeDialog(FormDialog):
    """When the client was told."""

    def __init__(self, desk: Desk, row: ProposalRow, term: TermRow) -> None:
        super().__init__(desk, _("Notice given"), said=_("Noted; the term runs from this day"))
        self._term = term
        day = DayField(clock.today(), earliest=term.decided_on, latest=clock.today())
        self.form.add("on", _("Told on"), day, needed=True, note=row.name)

    def command(self) -> Command[Any]:
        from rmdesk.services.clubs.commands import GiveNotice

        return GiveNotice(self._term.id, self.form.value("on"))


class UseDialog(FormDialog):
    """A client used a benefit; with `use`, what was noted is corrected: it stays that client's, and in its year."""

    def __init__(
        self, desk: Desk, client: ClientId | None = None, benefit: str = "", use: UseRow | None = None
    ) -> None:
        title, said = (_("Benefit used"), _("Use noted")) if use is None else (_("Correct use"), _("Use corrected"))
        super().__init__(desk, title, said=said)
        self._use = use
        self.setMinimumWidth(500)
        self.client = ClientField(desk, client)
        self.form.add("client", _("Client"), self.client, needed=True)
        pairs = [(code, one.name.said) for code, one in benefit_tables.benefits().items()]
        self.form.add("benefit", _("Benefit"), choices(*pairs), needed=True)
        self.form.add("on", _("Day"), DayField(clock.today(), latest=clock.today()), needed=True)
        self.form.side_by_side("benefit", "on")
        self.form.add("place", _("Place"), QLineEdit())
        self.form.add("note", _("Note"), QLineEdit())
        self.form.side_by_side("place", "note")
        if benefit:
            self.form.fill(benefit=benefit)
        if use is not None:
            self.form.fill(on=use.on, place=use.place, note=use.note)
            for name in ("client", "benefit"):
                self.form.fields[name].editor.setEnabled(False)
        self.form.fields["client" if client is None else "place"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.benefits.commands import EditUse, UseBenefit

        value = self.form.value
        if self._use is not None:
            return EditUse(self._use.id, value("on"), value("place"), value("note"))
        client = self.client.client
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        return UseBenefit(client, value("benefit"), value("on"), value("place"), value("note"))


def open_use(desk: Desk, use: UseRow) -> UseDialog:
    """Correct what was noted of a use."""
    return opened(UseDialog(desk, use.client, use.benefit, use))


class RedeemDialog(FormDialog):
    """Something for points."""

    def __init__(self, desk: Desk, client: ClientId | None = None, balance: int | None = None) -> None:
        super().__init__(desk, _("Redeem points"), said=_("Points redeemed"))
        self.client = ClientField(desk, client)
        self.form.add("client", _("Client"), self.client, needed=True)
        count = QSpinBox()
        count.setRange(1, 100_000_000)
        count.setSingleStep(100)
        count.setValue(min(100, balance or 100) or 1)
        there = "" if balance is None else _("There are {points}.").format(points=f"{balance:,}")
        self.form.add("points", _("Loyalty points"), count, needed=True, note=there)
        pairs = [(code, name.said) for code, name in point_tables.redeeming().items()]
        self.form.add("what", _("For"), choices(*pairs), needed=True)
        self.form.side_by_side("points", "what")
        self.form.add("note", _("Note"), QLineEdit())

    def command(self) -> Command[Any]:
        from rmdesk.services.points.commands import RedeemPoints

        client = self.client.client
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        return RedeemPoints(client, self.form.value("points"), self.form.value("what"), self.form.value("note"))


def _lines() -> QPlainTextEdit:
    editor = QPlainTextEdit()
    editor.setFixedHeight(LINES)
    editor.setTabChangesFocus(True)
    return editor
