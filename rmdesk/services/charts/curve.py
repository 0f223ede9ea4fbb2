"""Shares against shares: who holds how much."""

from __future__ import annotations

from rmdesk.services.charts.canvas import Canvas
from rmdesk.services.charts.kinds import Curve


def paint(canvas: Canvas, chart: Curve) -> None:
    """The curve, the line of equal shares, the cut with its words; each step of the curve is a mark."""
    left, top = canvas.px(8), canvas.px(8)
    wide, high = canvas.width - left - canvas.px(10), canvas.height - top - canvas.line - canvas.px(8)
    low = top + high

    def place(x: float, y: float) -> tuple[float, float]:
        return left + x * wide, low - y * high

    canvas.path([left, left, left + wide], [top, low, low], "line_strong", wide=1)
    canvas.path([left, left + wide], [low, top], "line_strong", wide=1, dashed=True)
    spots = [place(*spot) for spot in chart.line or ((0.0, 0.0), *((point.x, point.y) for point in chart.points))]
    xs, ys = [x for x, _y in spots], [y for _x, y in spots]
    canvas.fill(xs, ys, low, "accent", 0.08)
    canvas.path(xs, ys, "accent")
    start = left
    for point in chart.points:
        end = place(point.x, point.y)[0]
        canvas.mark(point.pick, point.label, start, top, end - start, high)
        start = end
    if chart.across:
        canvas.text(left + wide / 2, low + canvas.px(4) + canvas.line / 2, chart.across, across="center")
    if chart.cut is not None:
        _cut(canvas, chart, place(chart.cut.x, chart.cut.y), top, low)


def _cut(canvas: Canvas, chart: Curve, at: tuple[float, float], top: float, low: float) -> None:
    cut = chart.cut
    if cut is None:
        return
    x, y = at
    canvas.path([x, x], [top, low], "risk", wide=1.2, dashed=True)
    canvas.dots([x], [y], [canvas.px(4)], ["risk"], 1.0)
    text, room = canvas.wide(cut.label), canvas.px(8)
    # Below the curve there is room for words: beside the dot if they fit, else at the right edge.
    left = min(x + room, canvas.width - text - canvas.px(4))
    down = min(low - canvas.line, max(y + canvas.line * 1.4, (y + low) / 2))
    canvas.text(left, down, cut.label, token="risk_ink")
    canvas.mark(cut.pick, cut.label, left, down - canvas.line / 2, text, canvas.line)
