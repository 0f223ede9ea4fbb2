"""Where one is on the way: numbered steps in a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.widgets import Chip, label, restyle, row


class Steps(QWidget):
    """Steps passed, the one at hand, and those ahead."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = list(names)
        self._numbers = [Chip(str(at + 1)) for at in range(len(names))]
        self._labels: list[QLabel] = [label(name, "soft") for name in names]
        parts: list[QWidget | int | None] = []
        for at, (number, name) in enumerate(zip(self._numbers, self._labels, strict=True)):
            parts += [number, name]
            if at + 1 < len(names):
                parts += [4, label("›", "note"), 4]
        self.setLayout(row(*parts, None, gap=8))

    def show_step(self, at: int) -> None:
        """The step at hand."""
        for place, (number, name) in enumerate(zip(self._numbers, self._labels, strict=True)):
            number.say(str(place + 1), "value" if place <= at else "plain")
            restyle(name, role="strong" if place == at else "soft")
        self.setAccessibleName(
            _("Step {number} of {all}: {name}").format(number=at + 1, all=len(self._names), name=self._names[at])
        )
