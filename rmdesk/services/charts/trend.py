"""Lines over months."""

from __future__ import annotations

import math

from rmdesk.services.charts.canvas import Canvas
from rmdesk.services.charts.kinds import Series, Trend

REACH = 6.0  # how near one has to press


def paint(canvas: Canvas, chart: Trend) -> None:
    """The axis, the lines, each with its name at its end and in its colour, and a note below."""
    names = max((canvas.wide(one.name) for one in chart.series), default=0)
    left = max((canvas.wide(text) for _value, text in chart.levels), default=0) + canvas.px(10)
    right = canvas.width - names - canvas.px(16)
    top = canvas.line / 2 + canvas.px(2)
    low = canvas.height - canvas.line * (2 if chart.note else 1) - canvas.px(10)
    bottom, peak = chart.levels[0][0], chart.levels[-1][0]
    step = (right - left) / max(1, len(chart.ticks) - 1)

    def height(value: float) -> float:
        return low - (low - top) * (value - bottom) / ((peak - bottom) or 1)

    for value, text in chart.levels:
        canvas.path([left, right], [height(value)] * 2, "line", wide=1)
        canvas.text(left - canvas.px(8), height(value), text, across="right")
    free = 0.0
    for at, text in enumerate(chart.ticks):
        x, half = left + at * step, canvas.wide(text) / 2 if text else 0.0
        if text and x - half >= free and x + half <= canvas.width:  # what would touch the one before is left out
            canvas.text(x, low + canvas.px(4) + canvas.line / 2, text, across="center")
            free = x + half + canvas.px(8)
    ends: list[tuple[float, Series]] = []
    for one in chart.series:
        xs = [left + at * step for at in range(len(one.values))]
        ys = [math.nan if value is None else height(value) for value in one.values]
        canvas.path(xs, ys, one.token)
        known = [y for y in ys if not math.isnan(y)]
        if known:
            ends.append((known[-1], one))
        for at, (x, y) in enumerate(zip(xs, ys, strict=True)):
            if one.picks and not math.isnan(y):
                reach = min(REACH, step / 2)
                canvas.mark(one.picks[at], one.labels[at], x - reach, y - REACH, 2 * reach, 2 * REACH)
    _names(canvas, ends, right + canvas.px(8), low)
    if chart.note:
        canvas.text(left, canvas.height - canvas.line / 2 - canvas.px(2), chart.note)


def _names(canvas: Canvas, ends: list[tuple[float, Series]], x: float, low: float) -> None:
    """The names at the ends of the lines, moved apart where they would touch."""
    places: list[float] = []
    ends = sorted(ends, key=lambda end: -end[0])
    for y, _one in ends:
        places.append(min(y, places[-1] - canvas.line) if places else min(y, low))
    # What was pushed out at the top comes back, and pushes the others down.
    least = canvas.line / 2
    for at in reversed(range(len(places))):
        places[at] = max(places[at], least)
        least = places[at] + canvas.line
    for y, (_end, one) in zip(places, ends, strict=True):
        token = f"{one.token}_ink"
        canvas.text(x, y, one.name, token=token if token in canvas.style.colours else one.token)
