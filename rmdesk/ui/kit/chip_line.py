"""Lays out and paints chips: as many a line as fit, in the order given.

A painted chip costs a hundredth of a label with a style: for heads and lists that are shown anew all the time.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.record import record
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme

GAP = 4.0
PAD = 8.0


@record
class Placed:
    """One chip, and where it goes."""

    box: QRectF
    text: str
    kind: str


def chip_height() -> float:
    """The height of one chip."""
    return QFontMetricsF(theme.font(12)).height() + 4


def place(
    chips: Sequence[tuple[str, str]], left: float, top: float, width: float, *, wrap: bool = True
) -> list[Placed]:
    """Chips as (text, kind) within a width; what is too long is cut with an ellipsis. Without `wrap`: one a line."""
    metrics = QFontMetricsF(theme.font(12))
    high = metrics.height() + 4
    placed: list[Placed] = []
    x, y = left, top
    for text, kind in chips:
        wide = metrics.horizontalAdvance(text) + 2 * PAD
        if placed and (not wrap or x + wide > left + width):
            x, y = left, y + high + GAP
        if wide > width:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 2 * PAD)
            wide = width
        placed.append(Placed(QRectF(x, y, wide, high), text, kind))
        x += wide + GAP
    return placed


def bottom(placed: Sequence[Placed], top: float) -> float:
    """Where the last line ends."""
    return max((chip.box.bottom() for chip in placed), default=top)


def paint(painter: QPainter, placed: Sequence[Placed], shift: QPointF | None = None) -> None:
    """Draw chips where they were placed."""
    painter.setFont(theme.font(12))
    for chip in placed:
        box = chip.box if shift is None else chip.box.translated(shift)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{chip.kind}_soft"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme.colour(f"{chip.kind}_ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chip.text)


class ChipLine(QWidget):
    """Chips in as many lines as they need; its height follows its width."""

    told_as = faces.TEXT

    def __init__(self) -> None:
        super().__init__()
        self.chips: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._arrange)

    def show_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        """Show these (text, kind)."""
        self.chips = tuple(chips)
        self.setAccessibleName(", ".join(text for text, _kind in chips))
        self.setVisible(bool(chips))
        self._arrange()

    def _arrange(self) -> None:
        high = round(bottom(self._placed(), 0))
        if high != self.minimumHeight():
            self.setFixedHeight(high)
        self.update()

    def _placed(self) -> list[Placed]:
        return place(self.chips, 0, 0, max(120.0, self.width()))

    def sizeHint(self) -> QSize:
        return QSize(120, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        paint(painter, self._placed())
        painter.end()
