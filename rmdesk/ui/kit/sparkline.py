"""A small line without axes, to be read at a glance beside its figure; its last point stands out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.ui.kit import faces
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme

EDGE = 5


class Sparkline(QWidget):
    """Values in order, None is a gap; `said` is what a screen reader says. `end` colours the last point."""

    told_as = faces.CHART

    def __init__(self, values: Sequence[float | None] = (), said: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._values: list[float | None] = []
        self._end = "accent"
        self._told: tuple[str, ...] = ()
        self.show_values(values, said)
        theme.changed.connect(self.update)

    def show_values(
        self, values: Sequence[float | None], said: str = "", end: str = "accent", told: Sequence[str] = ()
    ) -> None:
        """Draw these; `end` is risk where the line has fallen, `told` what each of the known values is in words."""
        self._values = list(values)
        self._end = end
        self._told = tuple(told)
        self.setAccessibleName(said)
        self.setAccessibleDescription("\n".join(self.facts()))
        self.setToolTip(said)
        self.update()

    def facts(self) -> list[str]:
        """A line for each of the known values, from the oldest."""
        return list(self._told)

    def sizeHint(self) -> QSize:
        return QSize(250, 48)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 32)

    def points(self) -> list[QPointF]:
        """Where the known values lie."""
        known = [(at, value) for at, value in enumerate(self._values) if value is not None]
        if len(known) < 2:
            return []
        low, high = min(value for _at, value in known), max(value for _at, value in known)
        wide, tall = self.width() - 2 * EDGE, self.height() - 2 * EDGE
        last = len(self._values) - 1
        return [
            QPointF(EDGE + wide * at / last, EDGE + tall * (0.5 if high == low else 1 - (value - low) / (high - low)))
            for at, value in known
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        points = self.points()
        if not points:
            return
        painter = smooth(self)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.SolidLine, cap, join))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._end))
        painter.drawEllipse(points[-1], 3.5, 3.5)
        painter.end()
