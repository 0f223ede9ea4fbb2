"""A colour beside the words that name it, as in a legend."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from rmdesk.ui.kit import faces
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme

SIZE = 10


class Swatch(QWidget):
    """A small square in the colour of a kind; the words beside it say the same."""

    told_as = faces.DECORATION

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(SIZE, SIZE)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._kind))
        painter.drawRoundedRect(self.rect(), 3, 3)
        painter.end()
