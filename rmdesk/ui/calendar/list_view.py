"""The next weeks as a list, day by day: what a narrow screen and a screen reader read best."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from rmdesk.base.text import N_, plural
from rmdesk.models.kinds import Calendar
from rmdesk.services.calendar.rows import EntryKind
from rmdesk.services.occasions import written
from rmdesk.ui.calendar import words
from rmdesk.ui.calendar.shown import Line
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.table import RowTable

SPAN = 30  # days


def _day(line: Line) -> Cell:
    if not line.leads:
        return Cell("")
    small, _strong = words.small(line.on)
    return Cell(f"{format.short_day(line.on)} {format.weekday(line.on)}", after=small)


def _kind(line: Line) -> Cell:
    return Cell("") if line.entry is None else Cell(words.single(line.entry.kind), words.COLOURS[line.entry.kind])


def _name(line: Line) -> str:
    return "" if line.entry is None else line.entry.name


def _what(line: Line) -> str:
    entry = line.entry
    if entry is None:
        return plural("and {count} more entry", "and {count} more entries", line.more)
    years = f" {entry.due.years}" if entry.due and entry.due.years and entry.kind is not EntryKind.PREPARE else ""
    return f"{entry.at or ''} {entry.text.said}{years}".strip()


def _lunar(line: Line) -> str:
    due = None if line.entry is None or line.entry.kind is EntryKind.PREPARE else line.entry.due
    return "" if due is None or due.calendar is not Calendar.LUNAR else written.whole_of(due.on)


def _done(line: Line) -> str:
    due = None if line.entry is None else line.entry.due
    return "" if due is None or due.greeted is None else format.short_day(due.greeted)


COLUMNS: tuple[Column[Line], ...] = (
    Column("day", N_("Day"), _day, 170, STRONG, sorts=False, fixed=True),
    Column("kind", N_("Kind"), _kind, 120, CHIP, sorts=False),
    Column("name", N_("Name"), _name, 120, STRONG, sorts=False, fixed=True),
    Column("what", N_("Subject"), _what, 230, sorts=False, fixed=True),
    Column("lunar", N_("Lunar day"), _lunar, 110, sorts=False),
    Column("greeted", N_("Greeted"), _done, 90, sorts=False),
)


class EntryList(RowTable[Line]):
    """The entries from a day on, in a table; `line()` is the one that is current."""

    def __init__(self, title: str) -> None:
        super().__init__(COLUMNS, key=lambda line: line.number, title=title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these, which are in the order of their days."""
        self._lines = lines
        self.set_rows(lines)

    def line(self) -> Line | None:
        """The current line."""
        number = self.current()
        return None if number is None or number >= len(self._lines) else self._lines[number]
