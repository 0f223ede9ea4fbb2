"""A sheet that scrolls up and down inside a card, on the card's own ground."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from rmdesk.ui.kit.widgets import column


def scrolling(content: QLayout) -> QScrollArea:
    """The content, from the top, in as much height as there is."""
    inside = QWidget()
    inside.setLayout(column(content, None))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)  # setWidget turns it on, and the ground would show through the card
    area.viewport().setAutoFillBackground(False)
    return area
