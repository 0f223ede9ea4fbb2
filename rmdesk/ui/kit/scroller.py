"""A column that scrolls up and down inside a page, on the ground it lies on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


def scroller(inside: QWidget, ground: str = "ground") -> QScrollArea:
    """The widget in a scroll area; `ground` is what shows behind it: ground or card.

    What cannot be made as narrow as the place is can be scrolled sideways, too.
    """
    area, around = QScrollArea(), QWidget()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    around.resize(0, 0)
    area.setWidget(around)  # empty: the area would measure all that is inside at once, before it has its style
    area.setWidgetResizable(True)
    if ground == "ground":
        around.setObjectName("ground")
    else:
        around.setAutoFillBackground(False)  # setWidget turns it on
        area.viewport().setAutoFillBackground(False)
    box = QVBoxLayout(around)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(inside)
    return area
