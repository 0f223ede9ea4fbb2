"""The brush of widgets that paint themselves."""

from __future__ import annotations

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget


def smooth(widget: QWidget) -> QPainter:
    """A painter on the widget that draws without steps; for use inside `paintEvent`."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter
