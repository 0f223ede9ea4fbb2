"""A colour beside the words that name it, as in a legend."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from rmdesk.ui.kit.theme import theme


class Swatch(QLabel):
    """A small square in the colour of a kind; the words beside it say the same."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(10, 10)
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setStyleSheet(f"background: {theme.colour(self._kind).name()}; border-radius: 3px;")
