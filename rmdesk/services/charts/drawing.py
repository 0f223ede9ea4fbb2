"""`draw`: from a chart to bytes and marks."""

from __future__ import annotations

from rmdesk.services.charts.kinds import Bars, Chart, Curve, Fields, Heat, Trend
from rmdesk.services.charts.picture import Drawn, Style


def draw(chart: Chart, style: Style) -> Drawn:
    """Draw a chart. The first call loads matplotlib, and may look through the fonts of the computer: not for the
    main thread.
    """
    from rmdesk.services.charts import bars, curve, grid, heat, trend
    from rmdesk.services.charts.canvas import Canvas

    canvas = Canvas(style)
    match chart:
        case Curve():
            curve.paint(canvas, chart)
        case Fields():
            grid.paint(canvas, chart)
        case Trend():
            trend.paint(canvas, chart)
        case Heat():
            heat.paint(canvas, chart)
        case Bars():
            bars.paint(canvas, chart)
    return canvas.drawn()
