"""Dots in named fields, as the nine groups are drawn."""

from __future__ import annotations

import math

from rmdesk.services.charts.canvas import Canvas
from rmdesk.services.charts.kinds import Fields

SMALLEST, LARGEST = 2.4, 11.0  # radii
STRENGTH = 0.5


def paint(canvas: Canvas, chart: Fields) -> None:
    """Lines between the fields, names at the edges, the small dots above the large ones."""
    left = max((canvas.wide(name) for name in chart.rows), default=0) + canvas.px(12)
    top, right = canvas.px(4), canvas.px(4)
    wide, high = canvas.width - left - right, canvas.height - top - canvas.line - canvas.px(8)
    across, up = wide / max(1, len(chart.columns)), high / max(1, len(chart.rows))
    low = top + high
    for at in range(len(chart.columns) + 1):
        canvas.path([left + at * across] * 2, [top, low], "line", wide=1)
    for at in range(len(chart.rows) + 1):
        canvas.path([left, left + wide], [low - at * up] * 2, "line", wide=1)
    for at, name in enumerate(chart.columns):
        canvas.text(left + (at + 0.5) * across, low + canvas.px(4) + canvas.line / 2, name, across="center")
    for at, name in enumerate(chart.rows):
        canvas.text(left - canvas.px(8), low - (at + 0.5) * up, name, across="right")
    for at, (label, pick) in enumerate(chart.fields):
        row, column = divmod(at, len(chart.columns))
        canvas.mark(pick, label, left + column * across, low - (row + 1) * up, across, up)
    _dots(canvas, chart, (left, low), (across, up))


def _dots(canvas: Canvas, chart: Fields, corner: tuple[float, float], field: tuple[float, float]) -> None:
    spots = sorted(chart.spots, key=lambda spot: -spot.size)
    largest = min(canvas.px(LARGEST), field[0] / 4, field[1] / 4)
    radii = [max(SMALLEST, largest * math.sqrt(max(0.0, min(1.0, spot.size)))) for spot in spots]
    inner = largest + 1
    xs = [corner[0] + spot.column * field[0] + inner + spot.x * (field[0] - 2 * inner) for spot in spots]
    ys = [corner[1] - spot.row * field[1] - inner - spot.y * (field[1] - 2 * inner) for spot in spots]
    if spots:
        rings = [spot.ring for spot in spots]
        canvas.dots(xs, ys, radii, [spot.token for spot in spots], STRENGTH, rings)
    for spot, x, y, radius in zip(spots, xs, ys, radii, strict=True):
        canvas.mark(spot.pick, spot.label, x - radius, y - radius, 2 * radius, 2 * radius, circle=True)
