"""A stack of widgets whose size does not depend on what lies in it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """Takes the room it is given.

    Qt's own asks all its widgets, the hidden ones too, for a size and a height for each width whenever a text
    changes anywhere inside: with a few pages in it that is a tenth of a second for a new name in a label.
    """

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
