"""A column that scrolls up and down inside a page, on the ground it lies on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scroller(inside: QWidget, ground: str = "ground") -> QScrollArea:
    """The widget in a scroll area; `ground` is what shows behind it: ground or card.

    What cannot be made as narrow as the place is can be scrolled sideways, too.
    """
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.resize(0, 0)  # the area would ask for the size of all that is inside, before it has its style
    area.setWidget(inside)
    area.setWidgetResizable(True)
    if ground == "ground":
        inside.setObjectName("ground")
    else:
        inside.setAutoFillBackground(False)  # setWidget turns it on
        area.viewport().setAutoFillBackground(False)
    return area
