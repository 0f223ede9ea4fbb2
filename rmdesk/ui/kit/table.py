"""A table for a few rows or a hundred thousand: keyboard, columns to choose, widths and order remembered, copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.cell_delegate import ROW_HEIGHT, CellDelegate
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.columns import Column
from rmdesk.ui.kit.header import Header
from rmdesk.ui.kit.rows import AnyIndex, RowModel
from rmdesk.ui.kit.state import State
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widths import capped, spread

R = TypeVar("R")

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SELECT = QItemSelectionModel.SelectionFlag
LEAST_SHARE = 0.72  # narrower than this, columns scroll instead
ROWS = SELECT.Select | SELECT.Rows
AT_ONCE = 60  # cells that are painted in one turn when a table comes into sight
NOT_YET = -1  # painted: nothing, not even what is above the first row


class RowTable(QTableView, Generic[R]):
    """Signals: `opened(id)` on Enter or double click, `chosen(ids)` as the selection changes, `sorted(key, down)`
    when a header is clicked (sort, then give the ids again), `wanted(ids)` when rows must be read (answer `fill`).
    """

    opened = Signal(object)
    chosen = Signal(list)
    sorted = Signal(str, bool)
    wanted = Signal(tuple)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], int],
        *,
        name: str = "",
        state: State | None = None,
        title: str = "",
    ) -> None:
        super().__init__()
        self.rows: RowModel[R] = RowModel(columns, key)
        self.rows.wanted.connect(self.wanted)
        self._name, self._state = name, state
        self.sort: tuple[str, bool] = ("", False)
        self._share = 1.0
        self._more: dict[str, int] = {}  # pixels beyond its own width that a column has now
        self._left_out: tuple[str, ...] = ()
        self._painted: int | None = None  # pixels from the top, while the table comes into sight
        self._left = QRegion()
        self._further = QTimer(self, singleShot=True, interval=0)
        self._further.timeout.connect(self._paint_further)
        self._hidden: frozenset[str] = frozenset()
        self._delegate = CellDelegate(self)
        self.header = Header(self)
        self.setHorizontalHeader(self.header)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(title)
        self._behave()
        self._restore()
        self._dress()
        theme.changed.connect(self._dress)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.selected()))

    # Filling.

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; selection and scroll stay with their ids."""
        self._keeping(lambda: self.rows.set_rows(rows))

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these ids in this order; rows are asked for by `wanted`."""
        self._keeping(lambda: self.rows.set_ids(ids))

    def fill(self, rows: Sequence[R]) -> None:
        """The rows that `wanted` asked for."""
        self.rows.fill(rows)

    # Asking.

    @property
    def name(self) -> str:
        """What this table is called where its looks are kept; "" for one that keeps none."""
        return self._name

    def current(self) -> int | None:
        """The id of the current row."""
        index = self.currentIndex()
        return self.rows.id_at(index.row()) if index.isValid() else None

    def selected(self) -> list[int]:
        """The ids of the selected rows, from top to bottom."""
        picked = self.selectionModel().selection()
        spans = sorted({(picked.at(at).top(), picked.at(at).bottom()) for at in range(picked.size())})
        return [number for top, bottom in spans for number in self.rows.ids(top, bottom)]

    def shown_columns(self) -> list[Column[R]]:
        """The columns that are seen, in their order."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(header.count())]
        return [self.rows.columns[section] for section in order if not self.isColumnHidden(section)]

    def select_id(self, number: int) -> bool:
        """Make the row of an id the current one."""
        row = self.rows.row_of(number)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row, self._first_column()))
        return row >= 0

    def leave_out(self, keys: Sequence[str]) -> None:
        """Do not show these columns while there is little room; the user's own choice is kept."""
        if tuple(keys) != self._left_out:
            self._left_out = tuple(keys)
            self._hide()

    def show_sort(self, key: str, down: bool) -> None:
        """Show the mark of an order in the header; does not sort."""
        self.sort = (key, down)
        self.header.show_sort(next((at for at, one in enumerate(self.rows.columns) if one.key == key), -1), down)

    def text(self, numbers: Sequence[int] | None = None) -> str:
        """Tab-separated text of rows (by default the selected) under a line of titles; unread rows are left out."""
        columns = self.shown_columns()
        places = [self.rows.columns.index(column) for column in columns]
        lines = ["\t".join(_(column.title) for column in columns)]
        for number in self.selected() if numbers is None else numbers:
            if self.rows.known(number) is not None:
                row = self.rows.row_of(number)
                lines.append("\t".join(self.rows.cell(row, place).text for place in places))
        return "\n".join(lines)

    def copy(self) -> None:
        """Put the selected rows on the clipboard."""
        clipboard.put(self.text())

    # Columns.

    def column_menu(self, parent: QWidget | None = None) -> QMenu:
        """The menu that chooses columns."""
        menu = QMenu(parent or self)
        menu.setProperty("checks", True)
        for section, column in enumerate(self.rows.columns):
            action = QAction(_(column.title), menu, checkable=True)
            action.setChecked(column.key not in self._hidden)
            action.setEnabled(not column.fixed)
            action.toggled.connect(lambda on, section=section: self._show_column(section, on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(_("Columns as at first")).triggered.connect(self._columns_as_at_first)
        return menu

    def _show_column(self, section: int, on: bool) -> None:
        key = self.rows.columns[section].key
        self._hidden = self._hidden - {key} if on else self._hidden | {key}
        self._left_out = tuple(other for other in self._left_out if other != key)
        self._hide()
        self._remember()

    def _hide(self) -> None:
        for section, column in enumerate(self.rows.columns):
            hidden = column.key in self._hidden or column.key in self._left_out
            self.setColumnHidden(section, hidden and not column.fixed)
        self._fit()

    def _columns_as_at_first(self) -> None:
        header = self.horizontalHeader()
        for section in range(header.count()):
            header.moveSection(header.visualIndex(section), section)
        self._hidden = frozenset(column.key for column in self.rows.columns if not column.shown)
        self._widths = {column.key: column.width for column in self.rows.columns}
        self._hide()
        self._remember()

    def _remember(self) -> None:
        if self._state is None or not self._name:
            return
        header = self.horizontalHeader()
        keys = [column.key for column in self.rows.columns]
        self._state.keep(
            f"tables/{self._name}",
            {
                "order": [keys[header.logicalIndex(at)] for at in range(header.count())],
                "hidden": sorted(self._hidden),
                "widths": {key: self._widths.get(key, 0) for key in keys},
                "sort": list(self.sort),
            },
        )

    def _restore(self) -> None:
        kept: Any = self._state.value(f"tables/{self._name}") if self._state is not None and self._name else None
        if not isinstance(kept, dict):
            kept = {}
        header = self.horizontalHeader()
        keys = [column.key for column in self.rows.columns]
        self._hidden = frozenset(kept.get("hidden", [column.key for column in self.rows.columns if not column.shown]))
        widths: dict[str, int] = kept.get("widths", {})
        self._widths = {column.key: int(widths.get(column.key) or column.width) for column in self.rows.columns}
        for at, key in enumerate([key for key in kept.get("order", ()) if key in keys]):
            header.moveSection(header.visualIndex(keys.index(key)), at)
        for section, column in enumerate(self.rows.columns):
            self.setColumnHidden(section, column.key in self._hidden and not column.fixed)
        if kept.get("sort") and kept["sort"][0] in keys:
            self.show_sort(kept["sort"][0], bool(kept["sort"][1]))

    # Behaviour.

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.header
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        header.sectionClicked.connect(self._header_clicked)
        header.sectionMoved.connect(lambda *_: self._remember())
        header.sectionResized.connect(self._resized)
        self.doubleClicked.connect(self._open_index)

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(theme.px(34))
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        """Give columns their widths; where these are too much for the window, all shrink alike, down to a limit. What
        is left over goes to the columns that have use for it, not to the last alone.
        """
        columns = self.shown_columns()
        shown = [theme.px(self._widths[column.key]) for column in columns]
        wanted, room = sum(shown), self.viewport().width()
        self._share = min(1.0, max(LEAST_SHARE, room / wanted)) if wanted and room > 0 else 1.0
        # Large text: the widest give way to the others, and end in an ellipsis rather than beyond the edge.
        large = theme.percent > 100 and wanted > room > 0
        most = capped(shown, room) if large else max(shown, default=0)
        self._share = 1.0 if large else self._share
        self._more = dict(zip((one.key for one in columns), spread(columns, shown, room - wanted), strict=True))
        self._sizing = True
        for section, column in enumerate(self.rows.columns):
            wide = int(min(most, theme.px(self._widths[column.key])) * self._share)
            self.setColumnWidth(section, wide + self._more.get(column.key, 0))
        self._sizing = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._painted = NOT_YET

    def paintEvent(self, event: QPaintEvent) -> None:
        """A table that comes into sight is painted from the top in a few turns, after all around it."""
        super().paintEvent(event if self._painted is None else QPaintEvent(self._next_rows(event.region())))

    def _next_rows(self, region: QRegion) -> QRegion:
        top, room = self.rowAt(0), self.viewport().rect()
        if top < 0 or self.rows.known(self.rows.id_at(top)) is None or self._painted is None:
            return region  # rows that are still to be read cost nothing
        rows = max(1, AT_ONCE // max(1, len(self.shown_columns())))
        more = rows * self.verticalHeader().defaultSectionSize()
        self._painted = 0 if self._painted == NOT_YET else self._painted + more
        left = region.intersected(room.adjusted(0, self._painted, 0, 0))
        if self._painted >= room.height():
            self._painted = None
        elif not left.isEmpty():
            self._left = left
            self._further.start()
        return region.subtracted(left)

    def _paint_further(self) -> None:
        self.viewport().update(self._left)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self._painted is not None:  # what was not painted yet has moved with the rest
            self._painted = None
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _resized(self, section: int, old: int, new: int) -> None:
        if not new or self._sizing or self.isColumnHidden(section):
            return
        column = self.rows.columns[section]
        if column is not self.shown_columns()[-1]:  # the last takes what is left
            own = max(self.header.minimumSectionSize(), new - self._more.get(column.key, 0))
            self._widths[column.key] = round(own * 100 / theme.percent / self._share)
            self._remember()

    def _header_menu(self, at: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def _header_clicked(self, section: int) -> None:
        column = self.rows.columns[section]
        if not column.sorts:
            self.show_sort(*self.sort)
            return
        down = not self.sort[1] if self.sort[0] == column.key else column.right
        self.show_sort(column.key, down)
        self._remember()
        self.sorted.emit(column.key, down)

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.rows.id_at(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
            self._open_index(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Home:
            self._go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self._go_to(self.rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _go_to(self, row: int) -> None:
        if 0 <= row < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(row, self._first_column()))

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.selectionModel().setCurrentIndex(self.rows.index(0, self._first_column()), SELECT.NoUpdate)
        self.viewport().update()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        wide = self.viewport().width()
        for index in (current, previous):
            if index.isValid():  # the ring goes around the whole row
                self.viewport().update(self.visualRect(index).adjusted(-wide, 0, wide, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def _first_column(self) -> int:
        shown = self.shown_columns()
        return self.rows.columns.index(shown[0]) if shown else 0

    def _keeping(self, change: Callable[[], None]) -> None:
        """Do something that resets the model; current row, selection and scroll stay with their ids."""
        current, picked = self.current(), self.selected()
        top = self.rowAt(0)
        above = self.rows.id_at(top) if top >= 0 else None
        change()
        header = self.horizontalHeader()
        if len(picked) > 1:
            places = {number: at for at, number in enumerate(self.rows.ids())}
            wanted = QItemSelection()
            for row in sorted(places[number] for number in picked if number in places):
                wanted.select(self.rows.index(row, 0), self.rows.index(row, header.count() - 1))
            self.selectionModel().select(wanted, ROWS)
        if current is not None and (row := self.rows.row_of(current)) >= 0:
            how = SELECT.NoUpdate if len(picked) != 1 else SELECT.ClearAndSelect | SELECT.Rows
            self.selectionModel().setCurrentIndex(self.rows.index(row, self._first_column()), how)
        if above is not None and (row := self.rows.row_of(above)) >= 0:
            self.scrollTo(self.rows.index(row, self._first_column()), QAbstractItemView.ScrollHint.PositionAtTop)
