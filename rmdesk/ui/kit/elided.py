"""A line of text that gives way: where it has no room it ends in an ellipsis, and a hint tells all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel

from rmdesk.ui.kit.theme import theme

LEAST = 48  # units of text that are always seen


class Elided(QLabel):
    """As `widgets.label`, on one line. What cannot be seen is still told to a screen reader, and by the hint."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)

    @property
    def shown(self) -> str:
        """What has room."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._hint()

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), theme.px(LEAST)), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)  # not by the style: its class, with all its names, takes longer than the first paint
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self.shown)
        painter.end()

    def _hint(self) -> None:
        self.setToolTip("" if self.shown == self.text() else self.text())
