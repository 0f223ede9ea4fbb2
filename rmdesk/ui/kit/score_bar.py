"""A score as a bar of coloured parts, one for each kind of reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import N_, _
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.theme import theme

NAMES = {
    "value": N_("Value"),
    "overdue": N_("Out of touch"),
    "occasion": N_("Occasion"),
    "risk": N_("Churn risk"),
    "opportunity": N_("Opportunity"),
}


def said(parts: Sequence[tuple[str, float]]) -> str:
    """The parts in words, for a screen reader and the tooltip."""
    return ", ".join(f"{_(NAMES.get(kind, kind))} {format.decimal(points)}" for kind, points in parts if points)


def paint(painter: QPainter, box: QRectF, parts: Sequence[tuple[str, float]], full: float = 100) -> None:
    """Draw the bar into a box: the track, and the parts from the left in the order given."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setClipPath(outline)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("track"))
    painter.drawRect(box)  # not fillRect: its first call costs 2 ms, for all the kinds of gradients it could take
    left = box.left()
    for kind, points in parts:
        wide = box.width() * max(0.0, points) / full
        painter.setBrush(theme.colour(kind))
        painter.drawRect(QRectF(left, box.top(), wide, box.height()))
        left += wide
    painter.restore()


class ScoreBar(QWidget):
    """The bar alone; what it says is also its accessible description and tooltip."""

    told_as = faces.CHART

    def __init__(self, parts: Sequence[tuple[str, float]] = (), full: float = 100) -> None:
        super().__init__()
        self._parts: tuple[tuple[str, float], ...] = ()
        self._full = full
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.show_parts(parts)
        theme.changed.connect(self.update)

    def show_parts(self, parts: Sequence[tuple[str, float]]) -> None:
        """Parts as (kind, points), in the order to draw them."""
        self._parts = tuple(parts)
        text = said(self._parts)
        self.setAccessibleName(text or _("No points"))
        self.setAccessibleDescription("\n".join(self.facts()))
        self.setToolTip(text)
        self.update()

    def facts(self) -> list[str]:
        """A line for each kind of points, in the order they are drawn."""
        return [said((part,)) for part in self._parts if part[1]]

    def sizeHint(self) -> QSize:
        return QSize(150, 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, QRectF(0, (self.height() - 8) / 2, self.width(), 8), self._parts, self._full)
        painter.end()
