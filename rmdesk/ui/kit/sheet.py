"""A frameless window with rounded corners, for lists that hang over the page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

ROUND = 12


class Sheet(QDialog):
    """Cut to its corners by a mask, which unlike a translucent window needs nothing of the desktop."""

    def __init__(self, parent: QWidget | None, kind: Qt.WindowType = Qt.WindowType.Dialog) -> None:
        super().__init__(parent, kind | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("popup")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), ROUND, ROUND)
        self.setMask(QRegion(outline.toFillPolygon().toPolygon()))
