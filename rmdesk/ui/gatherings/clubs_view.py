"""The segment of clubs: what the half-year proposes, with reasons; the manager decides, the lead has the word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rmdesk.base import clock
from rmdesk.base.text import N_, _, plural, sentences
from rmdesk.models.kinds import ClientId, TermState
from rmdesk.services.clubs import queries
from rmdesk.services.clubs.queries import ProposalRow, Proposals
from rmdesk.services.clubs.words import DECISIONS, STATES
from rmdesk.services.desk_user import desk_user
from rmdesk.services.store.reads import Reads
from rmdesk.ui.gatherings import club_dialogs, words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, clear, column, label


def _money(minor: int | None, one: ProposalRow) -> str:
    return format.short_amount(minor, one.currency)


COLUMNS: tuple[Column[ProposalRow], ...] = (
    Column("name", N_("Client"), lambda one: Cell(one.name, after=_("member") if one.member else ""), 170, STRONG,
           fixed=True, sorts=False),
    Column("proposal", N_("Proposal"), lambda one: Cell(*words.proposal(one.proposal)), 110, CHIP, fixed=True,
           sorts=False),
    Column("mean", N_("Mean so far"), lambda one: _money(one.mean_minor, one), 104, right=True, sorts=False),
    Column("needed", N_("Needed mean"), lambda one: words.needed(one), 104, right=True, sorts=False, fixed=True),
    Column("level", N_("Last month"), lambda one: _money(one.level_minor, one), 104, right=True, sorts=False),
    Column("decided", N_("Decided"), lambda one: decided(one), 190, sorts=False, fixed=True),
    Column("why", N_("Why"), lambda one: sentences(*(reason.said for reason in one.why)), 360, sorts=False),
)  # fmt: skip
ROOM = {"why": 1150, "level": 760, "mean": 640}


@dataclass(frozen=True, slots=True)
class Whole:
    """What the segment shows, and whether a lead sits here."""

    found: Proposals
    lead: bool


class ClubsView(QWidget):
    """`look` asks for the proposals of the half-year to look at today."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._lead = desk, False
        self._line = desk.tasks.line(self)
        self.found: Proposals | None = None
        self.head = label("", "soft", wrap=True)
        self.table: RowTable[ProposalRow] = RowTable(
            COLUMNS, key=lambda one: int(one.client), name="club_proposals", state=desk.state, title=_("Proposals")
        )
        self.why = label("", "note", wrap=True)
        self._flow = Flow()
        steps = QWidget()
        steps.setLayout(self._flow)
        self.nothing = Notice(
            _("Nobody is near the club."),
            _("Members, and clients whose daily average comes near the limit, appear here with what is proposed."),
            icon="star",
        )
        self.nothing.hide()
        box = column(self.head, self.table, self.nothing, self.why, steps, gap=8)
        box.setStretch(1, 1)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.table.chosen.connect(lambda _ids: self._offer())
        self.table.opened.connect(lambda client: desk.go("client", client=ClientId(client), tab="club"))

    def look(self) -> None:
        """Ask for the proposals."""
        self._line.fetch(_whole).done.connect(self.show_whole)

    def show_whole(self, whole: Whole) -> None:
        """Show these proposals."""
        found, self._lead = whole.found, whole.lead
        self.found = found
        self.head.setText(_head(found))
        self.table.set_rows(found.rows)
        self.table.setVisible(bool(found.rows))
        self.nothing.setVisible(not found.rows)
        self._fit()
        if found.rows and not self.table.selected():
            self.table.select_id(int(found.rows[0].client))
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() * 100 / theme.percent
        self.table.leave_out([key for key, least in ROOM.items() if wide < least])

    def chosen(self) -> ProposalRow | None:
        """The client that is selected."""
        picked = self.table.selected()
        return self.table.rows.known(picked[0]) if len(picked) == 1 else None

    def _offer(self) -> None:
        clear(self._flow)
        one = self.chosen()
        self.why.setText("" if one is None else sentences(*(reason.said for reason in one.why)))
        if one is None:
            return
        self._flow.addWidget(label(_("{gift}:").format(gift=one.name), "soft"))
        for text, press in steps(self._desk, one, lead=self._lead):
            self._flow.addWidget(Button(text, press, kind="small", name=f"{text} {one.name}"))
        file = partial(self._desk.go, "client", client=one.client, tab="club")
        self._flow.addWidget(Button(_("Client file"), file, kind="small"))


def steps(desk: Desk, one: ProposalRow, *, lead: bool) -> list[tuple[str, partial[object]]]:
    """What is next for a client: decide, the lead's word, the notice."""
    term = one.decided
    found: list[tuple[str, partial[object]]] = []
    if term is None or not term.noticed:
        text = _("Decide on it…") if term is None else _("Decide anew…")
        found.append((text, partial(_decide, desk, one)))
    if term is not None and term.state is TermState.ASKED and lead:
        found.append((_("The lead's word…"), partial(_judge, desk, one)))
    if term is not None and term.state is TermState.APPROVED and term.starts_on is None:
        found.append((_("Notice given…"), partial(_notice, desk, one)))
    return found


def _decide(desk: Desk, one: ProposalRow) -> object:
    return opened(club_dialogs.DecideDialog(desk, one))


def _judge(desk: Desk, one: ProposalRow) -> object:
    assert one.decided is not None
    return opened(club_dialogs.JudgeDialog(desk, one, one.decided))


def _notice(desk: Desk, one: ProposalRow) -> object:
    assert one.decided is not None
    return opened(club_dialogs.NoticeDialog(desk, one, one.decided))


def decided(one: ProposalRow) -> str:
    """What was decided on a client, and where that stands."""
    term = one.decided
    if term is None:
        return ""
    said = _(DECISIONS[term.decision])
    if term.noticed:
        until = "" if term.ends_on is None else " " + _("member until {day}").format(day=format.short_day(term.ends_on))
        return said + until
    return f"{said} · {_(STATES[term.state])}"


def _head(found: Proposals) -> str:
    limit = format.short_amount(found.limit_minor, found.currency, sign=True)
    said = _("{club} {half}: daily average of {limit} over {days} days, {start} to {end}.").format(
        club=found.club.name.said, half=found.half.code, limit=limit, days=found.half.days,
        start=format.short_day(found.half.start), end=format.short_day(found.half.end),
    )  # fmt: skip
    members = sum(one.member for one in found.rows)
    told = [said, plural("{count} member.", "{count} members.", members)]
    if not found.over:
        left = (found.half.end - clock.today()).days
        told.append(_("It runs for {days} days more; proposals are forecasts until then.").format(days=left))
    return sentences(*told)


def _whole(reads: Reads) -> Whole:
    return Whole(queries.proposals(reads), desk_user(reads).lead)
