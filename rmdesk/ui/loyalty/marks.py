"""The marks that are pressed: the corners of the loyalty map, and the cells of RFM."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.loyalty.views import TRAP
from rmdesk.services.rfm.queries import CLASSES
from rmdesk.services.satisfaction.rules import Stance
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.tile import Tile
from rmdesk.ui.kit.widgets import label

STANCES: dict[str, tuple[str, str]] = {
    Stance.MERCENARY.value: (N_("Mercenary"), "overdue"),
    Stance.APOSTLE.value: (N_("Apostle"), "accent"),
    Stance.DEFECTOR.value: (N_("Defector"), "risk"),
    Stance.HOSTAGE.value: (N_("Hostage"), "opportunity"),
}


class LoyaltyMap(QWidget):
    """Satisfaction upwards, loyalty to the right; under it the trap. `chosen(stance)`, or `trap`."""

    told_as = faces.GROUP

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Loyalty and satisfaction"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.tiles: dict[str, Tile] = {}
        self._group = QButtonGroup(self)
        for at, (stance, (name, token)) in enumerate(STANCES.items()):
            tile = self.tiles[stance] = Tile(_(name), _(name), token=token, high=96)
            tile.clicked.connect(lambda _on=False, stance=stance: self.chosen.emit(stance))
            self._group.addButton(tile)
            grid.addWidget(tile, at // 2, 1 + at % 2)
        for line, text in enumerate((_("satisfied"), _("not satisfied"))):
            grid.addWidget(label(text, "note", wrap=True), line, 0)
        for place, text in enumerate((_("less loyal"), _("loyal"))):
            below = label(text, "note")
            below.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(below, 2, 1 + place)
        trap = self.tiles[TRAP] = Tile(_("Satisfaction trap"), _("Satisfaction trap"), token="risk", high=72)
        trap.clicked.connect(lambda: self.chosen.emit(TRAP))
        self._group.addButton(trap)
        grid.addWidget(trap, 3, 1, 1, 2)
        note = _("They say they are satisfied, but behave otherwise: little loyalty, or a high risk of churn.")
        grid.addWidget(label(note, "note", wrap=True), 4, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(0, 1)
        grid.setRowStretch(1, 1)

    def show_corners(self, corners: Mapping[str, int]) -> None:
        """How many stand where, and how many are in the trap."""
        counts = {name: corners.get(name, 0) for name in self.tiles}
        most = max(counts.values(), default=0)
        for name, tile in self.tiles.items():
            tile.show_count(counts[name], counts[name] / most if most else 0.0)
        self.setAccessibleDescription("\n".join(self.facts()))

    def facts(self) -> list[str]:
        """A line for each mark: its name and how many stand there."""
        return [tile.accessibleName() for tile in self.tiles.values()]

    def choose(self, stance: str) -> None:
        """Press a mark."""
        self.tiles[stance].setChecked(True)
        self.chosen.emit(stance)


class RfmGrid(QWidget):
    """Recency downwards, frequency to the right, best first. `chosen(recency, frequency)`."""

    told_as = faces.GROUP

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("RFM")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self.tiles: dict[tuple[int, int], Tile] = {}
        self._group = QButtonGroup(self)
        for line, recency in enumerate(CLASSES):
            grid.addWidget(label(f"R{recency}", "note"), line, 0)
            for place, frequency in enumerate(CLASSES):
                tile = self.tiles[recency, frequency] = Tile(f"R{recency} F{frequency}", high=48)
                tile.clicked.connect(lambda _on=False, r=recency, f=frequency: self.chosen.emit(r, f))
                self._group.addButton(tile)
                grid.addWidget(tile, line, place + 1)
            grid.setRowStretch(line, 1)
            grid.setColumnStretch(line + 1, 1)
        for place, frequency in enumerate(CLASSES):
            below = label(f"F{frequency}", "note")
            below.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(below, len(CLASSES), place + 1)

    def show_cells(self, cells: npt.NDArray[np.int64]) -> None:
        """Counts of the cells, as in `Views.cells`."""
        most = int(cells.max(initial=0))
        for (recency, frequency), tile in self.tiles.items():
            count = int(cells[CLASSES.index(recency), CLASSES.index(frequency)])
            tile.show_count(count, count / most if most else 0.0)
        self.setAccessibleDescription("\n".join(self.facts()))

    def facts(self) -> list[str]:
        """A line for each cell: recency, frequency, and how many clients."""
        return [tile.accessibleName() for tile in self.tiles.values()]

    def choose(self, recency: int, frequency: int) -> None:
        """Press a cell."""
        self.tiles[recency, frequency].setChecked(True)
        self.chosen.emit(recency, frequency)
