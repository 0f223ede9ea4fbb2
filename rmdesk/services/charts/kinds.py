"""What can be drawn: five kinds of chart, as plain data.

Texts are in the language in use. Whatever has a `pick` becomes a mark that can be pressed; the pick is a word by which
whoever made the chart finds the clients behind the mark. `label` says the mark in words, with its figure: it is the
tool tip, what a screen reader says, and a line of the table that stands for the chart.

`token` names a colour of the theme (value, overdue, occasion, risk, opportunity, accent, ink3).
"""

from __future__ import annotations

from collections.abc import Iterator

from rmdesk.base.record import record


@record
class Point:
    """A place on a curve, 0 to 1 each way."""

    x: float
    y: float
    label: str = ""
    pick: str = ""


@record
class Curve:
    """Shares against shares, with the line of equal shares; `cut` is the point that is marked and named.

    The points are the steps that can be pressed, each up to its place; `line` draws the curve finer than they are.
    """

    title: str
    points: tuple[Point, ...]
    across: str = ""
    cut: Point | None = None
    line: tuple[tuple[float, float], ...] = ()


@record
class Spot:
    """A dot in a field: column and row, its place inside the field (0 to 1), its area against that of the largest.

    A ring around it says by more than the colour that it is another kind of dot.
    """

    column: int
    row: int
    x: float
    y: float
    size: float
    label: str
    pick: str
    token: str = "accent"
    ring: bool = False


@record
class Fields:
    """Dots in a grid of named fields; rows are named from below. Each field can be pressed, and each dot.

    `fields` has the label and pick of every field, row by row from below.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    spots: tuple[Spot, ...]
    fields: tuple[tuple[str, str], ...] = ()


@record
class Series:
    """Values along the ticks of a trend; None is a gap. Labels and picks belong to the values."""

    name: str
    values: tuple[float | None, ...]
    token: str = "accent"
    labels: tuple[str, ...] = ()
    picks: tuple[str, ...] = ()


@record
class Trend:
    """Lines over equal steps of time. `ticks` names the steps (empty: unnamed), `levels` the heights of the axis."""

    title: str
    ticks: tuple[str, ...]
    series: tuple[Series, ...]
    levels: tuple[tuple[float, str], ...]
    note: str = ""


@record
class Cell:
    """A square of a heat map: 0 to 1, the darker the more; None where there is nothing to say."""

    value: float | None
    label: str
    pick: str = ""


@record
class Heat:
    """Rows of squares; `columns` are named below, an empty name leaves the place free."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


@record
class Bar:
    """A bar with its name before and its figure after it."""

    name: str
    value: float
    text: str
    label: str
    pick: str = ""
    token: str = "risk"


@record
class Bars:
    """Lying bars, the first on top, measured against `most`, or against the longest when that is 0."""

    title: str
    bars: tuple[Bar, ...]
    most: float = 0.0


Chart = Curve | Fields | Trend | Heat | Bars


def facts(chart: Chart) -> Iterator[tuple[str, str]]:
    """What the chart says in words, with the pick of each line: for screen readers, and to show it as a table."""
    match chart:
        case Curve():
            named = (*chart.points, chart.cut) if chart.cut is not None else chart.points
            yield from ((point.label, point.pick) for point in named if point.label)
        case Fields():
            yield from chart.fields
            yield from ((spot.label, spot.pick) for spot in chart.spots)
        case Trend():
            for one in chart.series:
                picks = one.picks or ("",) * len(one.labels)
                yield from ((text, pick) for text, pick in zip(one.labels, picks, strict=True) if text)
        case Heat():
            yield from ((cell.label, cell.pick) for row in chart.cells for cell in row if cell.label)
        case Bars():
            yield from ((bar.label, bar.pick) for bar in chart.bars)
