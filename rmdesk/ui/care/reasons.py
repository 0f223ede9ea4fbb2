"""Lays out and paints chips of reasons: as many a line as fit, in the order given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from rmdesk.base.record import record
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
