"""The model of a table of any length: it knows the ids in order, and fetches the rows that are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from rmdesk.base.text import _
from rmdesk.ui.kit.columns import BAR, Cell, Column, ready

R = TypeVar("R")

# Looking up an enum member costs microseconds; a table asks thousands of times a frame.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

PAGE = 128
EMPTY = Cell("")
AnyIndex = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractTableModel, Generic[R]):
    """Rows by id. `wanted` asks for the rows of a page of ids; answer with `fill`."""

    wanted = Signal(tuple)

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], int]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._key = key
        self._ids: Sequence[int] = ()
        self._rows: dict[int, R] = {}
        self._cells: dict[int, tuple[Cell, ...]] = {}
        self._old: set[int] = set()  # rows that are shown but were read before the last change
        self._asked: set[int] = set()
        self._pages: set[int] = set()
        self._none = (EMPTY,) * len(self.columns)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    # Filling.

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these ids in this order; rows already known stay visible until they are read again."""
        self.beginResetModel()
        self._ids = ids
        self._old = set(self._rows)
        self._asked.clear()
        self._pages.clear()
        self.endResetModel()

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows, all known."""
        self.beginResetModel()
        self._rows = {self._key(row): row for row in rows}
        self._ids = list(self._rows)
        self._cells.clear()
        self._old.clear()
        self.endResetModel()

    def fill(self, rows: Sequence[R]) -> None:
        """The rows that were asked for; any order, missing ones stay empty."""
        for row in rows:
            number = self._key(row)
            self._rows[number] = row
            self._cells.pop(number, None)
            self._old.discard(number)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    # Asking back.

    def id_at(self, row: int) -> int:
        """The id in a row."""
        return int(self._ids[row])

    def ids(self, first: int = 0, last: int | None = None) -> list[int]:
        """Ids of rows first to last, both included."""
        end = len(self._ids) if last is None else last + 1
        return [int(number) for number in self._ids[first:end]]

    def row_of(self, number: int) -> int:
        """Where an id is, -1 when it is not shown."""
        try:
            return list(self._ids).index(number) if not isinstance(self._ids, list) else self._ids.index(number)
        except ValueError:
            return -1

    def known(self, number: int) -> R | None:
        """The row of an id, if it was read."""
        return self._rows.get(number)

    def cell(self, row: int, column: int) -> Cell:
        """What to draw; asks for the row when it is not known."""
        return self._ready(row)[column]

    def _ready(self, row: int) -> tuple[Cell, ...]:
        number = self._ids[row]
        cells = self._cells.get(number)
        if cells is None:
            known = self._rows.get(number)
            if known is not None:
                cells = self._cells[number] = ready(self.columns, known)
        if (cells is None or number in self._old) and number not in self._asked:
            self._pages.add(row // PAGE)
            self._soon.start()
        return self._none if cells is None else cells

    def _ask(self) -> None:
        pages, self._pages = sorted(self._pages), set()
        for page in pages:
            ids = tuple(int(number) for number in self._ids[page * PAGE : (page + 1) * PAGE])
            wanted = tuple(number for number in ids if number not in self._asked)
            self._asked.update(wanted)
            if wanted:
                self.wanted.emit(wanted)

    # What Qt asks.

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = DISPLAY) -> Any:
        if role == DISPLAY:
            return self._ready(index.row())[index.column()].text
        if role == ALIGN:
            return RIGHT if self.columns[index.column()].right else LEFT
        if role in (SPOKEN, TOOLTIP):
            return self._said(self._ready(index.row())[index.column()], self.columns[index.column()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == DISPLAY:
            return _(column.title)
        if role == TOOLTIP:
            return _(column.hint or column.title)
        if role == ALIGN:
            return RIGHT if column.right else LEFT
        return None

    def _said(self, cell: Cell, column: Column[R]) -> str:
        if column.draw == BAR:
            from rmdesk.ui.kit.score_bar import said

            return f"{cell.text}: {said(cell.bar)}" if cell.bar else cell.text
        return f"{cell.text} {cell.after}".strip()
