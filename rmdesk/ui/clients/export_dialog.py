"""Which columns of the clients go out; the rest is asked by the export dialog of the kit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout

from rmdesk.base.text import _
from rmdesk.services.clients.columns import COLUMNS
from rmdesk.ui.kit.widgets import column, label

ACROSS = 5  # boxes side by side


class Columns(QFrame):
    """Boxes to tick; phones stay masked. `changed` is called with whether any is ticked."""

    def __init__(self, shown: Sequence[str]) -> None:
        super().__init__()
        self.changed: Callable[[bool], object] | None = None
        self.boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout()
        for at, one in enumerate(COLUMNS):
            box = self.boxes[one.key] = QCheckBox(_(one.title))
            box.setChecked(one.key in shown)
            box.toggled.connect(self._tell)
            grid.addWidget(box, at // ACROSS, at % ACROSS)
        whole = column(label(_("Columns"), "strong"), grid, label(_("Phone numbers stay masked."), "note"), gap=8)
        self.setLayout(whole)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns wanted."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def _tell(self, _on: bool) -> None:
        if self.changed is not None:
            self.changed(bool(self.keys))
