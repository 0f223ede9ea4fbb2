"""Draws table cells: one painter for text, bold names, chips, tinted figures and bars, with hairlines between rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from rmdesk.ui.kit import fonts, score_bar
from rmdesk.ui.kit.columns import BAR, CHIP, STRONG, TINTED, Cell
from rmdesk.ui.kit.rows import RowModel
from rmdesk.ui.kit.theme import theme

PAD = 8
ROW_HEIGHT = 38

SELECTED = QStyle.StateFlag.State_Selected
ELIDE = Qt.TextElideMode.ElideRight


class CellDelegate(QStyledItemDelegate):
    """Knows fonts and colours of the theme in use; made anew for nothing when the theme changes."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.hovered = -1
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self._font = theme.font(14, tabular=True)
        self._bold = theme.font(14, bold=True, tabular=True)
        self._small = theme.font(12)
        self._metrics = QFontMetrics(self._font)
        self._bold_metrics = QFontMetrics(self._bold)
        self._small_metrics = QFontMetrics(self._small)
        self._ink, self._ink3 = theme.colour("ink"), theme.colour("ink3")
        self._line = QPen(theme.colour("line"), 1)
        self._hover, self._picked = theme.colour("hover"), theme.colour("selection")
        self._accent = QPen(theme.colour("accent"), 2)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, theme.px(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model: RowModel[Any] = index.model()  # type: ignore[assignment]
        row, number = index.row(), index.column()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & SELECTED:
            painter.fillRect(box, self._picked)
        elif row == self.hovered:
            painter.fillRect(box, self._hover)
        painter.setPen(self._line)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        self._draw(painter, box.adjusted(PAD, 0, -PAD, -1), model.cell(row, number), model.columns[number])
        if self._table.hasFocus() and self._table.currentIndex().row() == row:
            self._mark(painter, box, index)

    def _draw(self, painter: QPainter, box: QRect, cell: Cell, column: Any) -> None:
        draw = column.draw
        if draw == CHIP:
            self._chip(painter, box, cell)
        elif draw == BAR:
            self._bar(painter, box, cell)
        elif draw == STRONG:
            self._strong(painter, box, cell, column.right)
        else:
            ink = theme.colour(f"{cell.kind}_ink") if draw == TINTED and cell.kind else self._ink
            self._text(painter, box, cell.text, self._font, self._metrics, ink, column.right)

    def _text(
        self, painter: QPainter, box: QRect, text: str, font: QFont, metrics: QFontMetrics, ink: QColor, right: bool
    ) -> int:
        if not text:
            return 0
        if "\n" in text:
            text = " ".join(text.split())
        if not text.isascii() and not fonts.THIRD_TONE.isdisjoint(text):
            font = QFont(font)
            font.setFamilies(fonts.latin())
            metrics = QFontMetrics(font)
        wide = metrics.horizontalAdvance(text)
        if wide > box.width():
            text, wide = metrics.elidedText(text, ELIDE, box.width()), box.width()
        painter.setFont(font)
        painter.setPen(ink)
        # At a point, not in a box: that needs half the time, as Qt looks for line ends and tabs in boxes.
        down = box.top() + (box.height() - metrics.height()) // 2 + metrics.ascent()
        painter.drawText(box.right() + 1 - wide if right else box.left(), down, text)
        return wide

    def _strong(self, painter: QPainter, box: QRect, cell: Cell, right: bool) -> None:
        used = self._text(painter, box, cell.text, self._bold, self._bold_metrics, self._ink, right)
        left = used + 6
        if cell.after and not right and box.width() - left > 12:
            self._text(
                painter, box.adjusted(left, 0, 0, 0), cell.after, self._font, self._metrics, self._ink3, right=False
            )

    def _chip(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        if not cell.text:
            return
        kind = cell.kind or "plain"
        high = self._small_metrics.height() + 4
        wide = min(box.width(), self._small_metrics.horizontalAdvance(cell.text) + 16)
        chip = QRectF(box.left(), box.center().y() - high / 2 + 0.5, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{kind}_soft"))
        painter.drawRoundedRect(chip, 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        inside = chip.toRect().adjusted(8, 0, -6, 0)
        self._text(
            painter, inside, cell.text, self._small, self._small_metrics, theme.colour(f"{kind}_ink"), right=False
        )

    def _bar(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        text = theme.px(36)
        if cell.bar:
            wide = box.width() - text - 8
            score_bar.paint(painter, QRectF(box.left(), box.center().y() - 3, wide, 8), cell.bar)
        place = QRect(box.right() - text, box.top(), text, box.height())
        self._text(painter, place, cell.text, self._bold, self._bold_metrics, self._ink, right=True)

    def _mark(self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """The focus ring goes around the whole current row."""
        header = self._table.horizontalHeader()
        painter.setPen(self._accent)
        painter.drawLine(box.left(), box.top() + 1, box.right(), box.top() + 1)
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        seen = [header.logicalIndex(at) for at in range(header.count())]
        seen = [section for section in seen if not header.isSectionHidden(section)]
        if seen and index.column() == seen[0]:
            painter.drawLine(box.left() + 1, box.top(), box.left() + 1, box.bottom())
        if seen and index.column() == seen[-1]:
            painter.drawLine(box.right(), box.top(), box.right(), box.bottom())
