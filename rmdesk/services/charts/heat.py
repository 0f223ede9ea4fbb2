"""Rows of squares, the darker the more."""

from __future__ import annotations

from rmdesk.services.charts.canvas import Canvas
from rmdesk.services.charts.kinds import Heat

GAP = 3.0
FAINTEST = 0.1
TALLEST = 36.0


def paint(canvas: Canvas, chart: Heat) -> None:
    """Names at the left and below; what is not known is an empty frame, not a pale square."""
    left = max((canvas.wide(name) for name in chart.rows), default=0) + canvas.px(12)
    foot = canvas.line + canvas.px(6)
    across = (canvas.width - left - 2) / max(1, len(chart.columns))
    down = min((canvas.height - foot - 2) / max(1, len(chart.rows)), canvas.px(TALLEST))
    for at, (name, cells) in enumerate(zip(chart.rows, chart.cells, strict=True)):
        top = 2 + at * down
        canvas.text(left - canvas.px(10), top + (down - GAP) / 2, name, across="right")
        for column, cell in enumerate(cells):
            place = left + column * across, top, across - GAP, down - GAP
            if cell.value is None:
                canvas.box(*place, "track", round=4)
            else:
                strength = FAINTEST + (1 - FAINTEST) * max(0.0, min(1.0, cell.value))
                canvas.box(*place, "accent", strength=strength, round=4)
            canvas.mark(cell.pick, cell.label, *place)
    for column, name in enumerate(chart.columns):
        if name:
            y = 2 + len(chart.rows) * down + canvas.line / 2
            canvas.text(left + column * across, y, name)
