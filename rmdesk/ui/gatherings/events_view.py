"""The segment of events: the list at the left, the chosen event with its guests at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import GatheringState, RecordId
from rmdesk.services.gatherings import queries
from rmdesk.services.gatherings.queries import GatheringRow, GuestRow, Outcome
from rmdesk.services.store.reads import Reads
from rmdesk.ui.gatherings import dialogs, tables
from rmdesk.ui.gatherings.event_view import EventView
from rmdesk.ui.gatherings.guests_dialog import GuestsDialog
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import column


@dataclass(frozen=True, slots=True)
class Whole:
    """One event with all that is shown of it."""

    event: GatheringRow
    guests: tuple[GuestRow, ...]
    outcome: Outcome | None


class EventsView(QWidget):
    """`look` asks for the events; the one chosen stays."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line, self._one = desk.tasks.line(self), desk.tasks.line(self)
        self._wanted = ""
        self.rows: tuple[GatheringRow, ...] = ()
        self.table: RowTable[GatheringRow] = RowTable(
            tables.EVENTS, key=lambda row: row.number, name="events", state=desk.state, title=_("Events")
        )
        self.card = EventView(desk)
        self.panes = Panes(self.table, self.card, (_("Events"), _("Event")), shares=(4, 7))
        self.nothing = Notice(
            _("No event is planned."),
            _("A salon, a training, a family day: who was invited, who came, what it cost and what came of it."),
            icon="calendar", button=_("Plan event"), press=self.plan,
        )  # fmt: skip
        self.nothing.hide()
        box = column(self.panes, self.nothing, gap=0)
        box.setStretch(0, 1)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._edit)
        self.card.add_guests.connect(self._add)
        self.panes.arranged.connect(self._fit)

    def look(self) -> None:
        """Ask for the events."""
        self._line.fetch(queries.gatherings).done.connect(self.show_rows)

    def show_rows(self, rows: tuple[GatheringRow, ...]) -> None:
        """Show these events."""
        self.rows = rows
        self.table.set_rows(rows)
        self.panes.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._fit()
        wanted = next((row for row in rows if row.id == self._wanted), None)
        if wanted is not None:
            self._wanted = ""
            self.table.select_id(wanted.number)
        elif rows and not self.table.selected():
            self.table.select_id(rows[0].number)
        self._choose(self.table.selected())

    def show_event(self, gathering: str) -> None:
        """Choose an event by its id."""
        self._wanted = gathering
        if self.rows:
            self.show_rows(self.rows)

    def plan(self) -> None:
        """Plan an event."""
        dialogs.open_gathering(self._desk)

    def planned(self) -> int:
        """How many are ahead."""
        return sum(row.state is GatheringState.PLANNED for row in self.rows)

    def _fit(self) -> None:
        wide = self.table.width() * 100 / theme.percent
        self.table.leave_out([key for key, least in tables.EVENT_ROOM.items() if wide < least])

    def _choose(self, chosen: Sequence[int]) -> None:
        row = self.table.rows.known(chosen[0]) if len(chosen) == 1 else None
        if row is not None:
            self._one.fetch(_whole, row.id).done.connect(self._show)

    def _show(self, found: Whole | None) -> None:
        if found is not None:
            self.card.show_event(found.event, found.guests, found.outcome)

    def _add(self) -> None:
        if self.card.shown is not None:
            opened(GuestsDialog(self._desk, self.card.shown))

    def _edit(self, number: int) -> None:
        row = self.table.rows.known(number)
        if row is not None:
            dialogs.open_gathering(self._desk, row)


def _whole(reads: Reads, key: RecordId) -> Whole | None:
    event = queries.gathering_of(reads, key)
    if event is None:
        return None
    guests = queries.guests_of(reads, key)
    return Whole(event, guests, queries.outcome_of(event, guests))
