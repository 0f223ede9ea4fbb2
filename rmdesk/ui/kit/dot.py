"""A small round light beside a word; never alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from rmdesk.ui.kit import faces
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme

SIZE = 8


class Dot(QWidget):
    """In the colour of a token; the word beside it says the same."""

    told_as = faces.DECORATION

    def __init__(self, token: str = "occasion") -> None:
        super().__init__()
        self.token = token
        self.setFixedSize(SIZE, SIZE)

    def show_token(self, token: str) -> None:
        """Another colour."""
        self.token = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self.token))
        painter.drawEllipse(self.rect())
        painter.end()
