"""The queue as a painted list: whose record, about whom, when; below it why it is here and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rmdesk.base.text import _
from rmdesk.services.team.rows import QueueRow
from rmdesk.ui.kit import chip_line, format
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.team import words

AnyIndex = QModelIndex | QPersistentModelIndex
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
HIGH, PAD, CHIP_MOST = 58, 10, 130
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[QueueRow] = ()

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = DISPLAY) -> Any:
        if role not in (DISPLAY, SPOKEN) or not index.isValid():
            return None
        row = self.rows[index.row()]
        said = (row.member, row.client_name, format.short_day(row.on), words.why(row)[0], words.detail(row))
        return ", ".join(part for part in said if part)


class _Drawn(QStyledItemDelegate):
    def __init__(self, view: QueueList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, theme.px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = self._view.rows[index.row()]
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        if self._view.hasFocus() and chosen:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)
        inside = box.adjusted(PAD, 6, -PAD, -6)
        half = inside.height() / 2
        self._first(painter, row, QRectF(inside.left(), inside.top(), inside.width(), half))
        self._second(painter, row, QRectF(inside.left(), inside.top() + half, inside.width(), half))
        painter.restore()

    def _first(self, painter: QPainter, row: QueueRow, box: QRectF) -> None:
        day = format.short_day(row.on)
        painter.setFont(theme.font(13, tabular=True))
        painter.setPen(theme.colour("ink3"))
        painter.drawText(box, RIGHT, day)
        room = box.width() - QFontMetricsF(painter.font()).horizontalAdvance(day) - 12
        used = 0.0
        told = [(row.client_name, False)]
        if row.member:
            told = [(row.member, True), (" → ", False), *told]
        for text, bold in told:
            font = theme.font(14, bold=bold)
            metrics = QFontMetricsF(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room - used))
            painter.setFont(font)
            painter.setPen(theme.colour("ink"))
            painter.drawText(QRectF(box.left() + used, box.top(), max(0.0, room - used), box.height()), LEFT, shown)
            used += metrics.horizontalAdvance(shown)

    def _second(self, painter: QPainter, row: QueueRow, box: QRectF) -> None:
        top = box.top() + (box.height() - chip_line.chip_height()) / 2
        placed = chip_line.place([words.why(row)], box.left(), top, CHIP_MOST)
        chip_line.paint(painter, placed)
        left = placed[0].box.right() + 8
        font = theme.font(13)
        painter.setFont(font)
        painter.setPen(theme.colour("ink2"))
        room = box.right() - left
        text = QFontMetricsF(font).elidedText(words.detail(row), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, box.top(), room, box.height()), LEFT, text)


class QueueList(QListView):
    """`chosen` tells the row that is current; `pressed` a letter typed in the list."""

    chosen = Signal(object)
    pressed_key = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = _Rows()
        self.setModel(self._rows)
        self.setItemDelegate(_Drawn(self))
        self.setAccessibleName(_("Waiting for review"))
        self.setProperty("role", "lines")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(lambda now, _old: self.chosen.emit(self.row_at(now.row())))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def rows(self) -> Sequence[QueueRow]:
        """What is listed."""
        return self._rows.rows

    @property
    def current(self) -> QueueRow | None:
        """The row that is current."""
        return self.row_at(self.currentIndex().row())

    def row_at(self, at: int) -> QueueRow | None:
        """A row by its place."""
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show other rows; the current one stays, or else the one that took its place."""
        before, at = self.current, self.currentIndex().row()
        self._rows.show_rows(rows)
        if not rows:
            self.chosen.emit(None)
            return
        same = next((n for n, row in enumerate(rows) if before is not None and row.id == before.id), -1)
        self.choose(same if same >= 0 else min(max(at, 0), len(rows) - 1))

    def choose(self, at: int) -> None:
        """Make a row current."""
        if 0 <= at < len(self.rows):
            self.setCurrentIndex(self._rows.index(at, 0))
            self.scrollTo(self.currentIndex())

    def step(self, by: int) -> None:
        """The next row, or the one before."""
        self.choose(self.currentIndex().row() + by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if letter and letter in "ARXDNPC" and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.pressed_key.emit(letter)
            return
        super().keyPressEvent(event)
