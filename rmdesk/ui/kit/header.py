"""The header of a table: quiet titles, and an arrow beside the one that sorts."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from rmdesk.ui.kit.icons import pixmap
from rmdesk.ui.kit.theme import theme

PAD = 8
HEIGHT = 34
ARROW = 14
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)


class Header(QHeaderView):
    """Paints its own sections, so that title and arrow never lie over each other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(40)
        self.sorted_section = -1
        self.sorted_down = False

    def sizeHint(self) -> QSize:
        """Qt's own asks the model for every title, and asks again after each column that gets a width."""
        return QSize(self.length(), theme.px(HEIGHT))

    def show_sort(self, section: int, down: bool) -> None:
        """Put the arrow beside a title; -1 for none."""
        self.sorted_section, self.sorted_down = section, down
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        title = str(model.headerData(section, Qt.Orientation.Horizontal, DISPLAY) or "")
        right = bool(int(model.headerData(section, Qt.Orientation.Horizontal, ALIGN) or 0) & 2)
        sorts = section == self.sorted_section
        font = theme.font(12, bold=sorts)
        metrics = QFontMetrics(font)
        painter.save()
        painter.fillRect(rect, theme.colour("card"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        arrow = theme.px(ARROW) if sorts else 0
        room = rect.width() - 2 * PAD - arrow
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        wide = metrics.horizontalAdvance(text)
        left = rect.right() - PAD - wide - arrow if right else rect.left() + PAD
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if sorts else "ink3"))
        painter.drawText(QRect(left, rect.top(), wide + 2, rect.height()), LEFT, text)
        if sorts:
            picture = pixmap("sort-down" if self.sorted_down else "sort-up", "ink2", ARROW, self.devicePixelRatioF())
            painter.drawPixmap(QRect(left + wide + 2, rect.center().y() - arrow // 2, arrow, arrow), picture)
        painter.restore()
