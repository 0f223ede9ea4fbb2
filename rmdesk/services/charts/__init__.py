"""Charts as data, and one way to draw them: for Insights, and for reports.

`draw(chart, style)` gives a picture with the places on it that can be pressed. matplotlib is loaded by the first call,
which therefore belongs on a worker thread. No Qt here.
"""

from rmdesk.services.charts.drawing import draw
from rmdesk.services.charts.kinds import (
    Bar,
    Bars,
    Cell,
    Chart,
    Curve,
    Fields,
    Heat,
    Point,
    Series,
    Spot,
    Trend,
)
from rmdesk.services.charts.picture import Drawn, Mark, Style

__all__ = [
    "Bar",
    "Bars",
    "Cell",
    "Chart",
    "Curve",
    "Drawn",
    "Fields",
    "Heat",
    "Mark",
    "Point",
    "Series",
    "Spot",
    "Style",
    "Trend",
    "draw",
]
