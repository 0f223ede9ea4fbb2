"""Lying bars with their names and figures."""

from __future__ import annotations

from rmdesk.services.charts.canvas import Canvas
from rmdesk.services.charts.kinds import Bars

TALLEST = 38.0
THICK = 8.0


def paint(canvas: Canvas, chart: Bars) -> None:
    """One line a bar: name, track with the bar, figure; a rule below each."""
    down = min(canvas.height / max(1, len(chart.bars)), canvas.px(TALLEST))
    figure = max((canvas.wide(bar.text, 13) for bar in chart.bars), default=0)
    name = min(max((canvas.wide(bar.name, 13) for bar in chart.bars), default=0), canvas.width * 0.5)
    left, right = name + canvas.px(16), canvas.width - figure - canvas.px(16)
    longest = chart.most or max((bar.value for bar in chart.bars), default=0) or 1
    thick = canvas.px(THICK)
    for at, bar in enumerate(chart.bars):
        top = at * down
        middle = top + down / 2
        canvas.text(0, middle, cut(canvas, bar.name, name), token="ink", size=13)
        canvas.box(left, middle - thick / 2, max(1.0, right - left), thick, "track", round=thick / 2)
        if bar.value > 0:
            long = max(thick, (right - left) * bar.value / longest)
            canvas.box(left, middle - thick / 2, long, thick, bar.token, round=thick / 2)
        canvas.text(canvas.width - 1, middle, bar.text, token="ink", across="right", size=13)
        canvas.path([0, canvas.width], [top + down - 0.5] * 2, "line", wide=1)
        canvas.mark(bar.pick, bar.label, 0, top, canvas.width, down)


def cut(canvas: Canvas, text: str, room: float) -> str:
    """The text, cut with an ellipsis where it is too long."""
    if canvas.wide(text, 13) <= room + 0.5:
        return text
    while text and canvas.wide(text + "…", 13) > room:
        text = text[:-1]
    return text.rstrip() + "…"
