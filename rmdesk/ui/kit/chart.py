"""A line over time: axes with round values, one or more series, a cursor for mouse and arrow keys."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFontMetrics,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.charts import scale
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
SPOKEN = N_("{name}: from {first} on {start} to {last} on {end}; lowest {low}, highest {high}")


@dataclass(frozen=True, slots=True)
class Series:
    """Values on days, in order; None is a gap. `token` is the colour, `area` fills down to the axis."""

    name: str
    points: Sequence[tuple[date, float | None]]
    token: str = "accent"
    area: bool = False


class LineChart(QWidget):
    """`write` makes the text of a value; `title` is what a screen reader calls it. Left and right move the cursor."""

    told_as = faces.CHART

    def __init__(self, title: str = "", write: Callable[[float], str] | None = None) -> None:
        super().__init__()
        self._title = title
        self._write: Callable[[float], str] = write or (lambda value: format.decimal(value, 0))
        self._series: tuple[Series, ...] = ()
        self._days: list[date] = []
        self._ticks: list[float] = [0, 1]
        self._at: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(title)
        theme.changed.connect(self.update)

    def write_with(self, write: Callable[[float], str]) -> None:
        """Write values in this way from now on, as when another currency is shown."""
        self._write = write

    def show_series(self, *series: Series, from_zero: bool = True) -> None:
        """Draw these; `from_zero` lets the axis begin at zero."""
        self._series = series
        self._days = sorted({day for one in series for day, value in one.points if value is not None})
        known = [value for one in series for _day, value in one.points if value is not None]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        self._ticks = scale.ticks(min(low, 0.0) if from_zero else low, max(high, 0.0) if from_zero else high)
        self._at = None
        self.setAccessibleDescription("\n".join([*(self._said(one) for one in series), *self.facts()]))
        self.update()

    @property
    def at(self) -> date | None:
        """The day the cursor is on."""
        return None if self._at is None else self._days[self._at]

    def facts(self) -> list[str]:
        """All that is drawn, a line for each value; days without one are gaps here too."""
        told = _("{name}, {day}: {value}")
        return [
            told.format(name=one.name or self._title, day=format.day(day), value=self._write(value))
            for one in self._series
            for day, value in one.points
            if value is not None
        ]

    def value_at(self, series: Series, day: date) -> float | None:
        """The value of a series on a day."""
        return next((value for when, value in series.points if when == day), None)

    # Drawing.

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 90)

    def _box(self) -> QRectF:
        metrics = QFontMetrics(theme.font(12))
        wide = max((metrics.horizontalAdvance(self._write(value)) for value in self._ticks), default=0)
        high = metrics.height()
        return QRectF(wide + 16, high / 2 + 6, self.width() - wide - 30, self.height() - high * 1.5 - 18)

    def _x(self, box: QRectF, day: date) -> float:
        first, last = self._days[0], self._days[-1]
        span = (last - first).days
        return box.center().x() if span == 0 else box.left() + box.width() * (day - first).days / span

    def _y(self, box: QRectF, value: float) -> float:
        low, high = self._ticks[0], self._ticks[-1]
        return box.bottom() - box.height() * (value - low) / (high - low)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setFont(theme.font(12, tabular=True))
        if not self._days:
            painter.setPen(theme.colour("ink3"))
            painter.drawText(self.rect(), CENTRE, _("No figures yet"))
            painter.end()
            return
        box = self._box()
        self._axes(painter, box)
        for series in self._series:
            self._line(painter, box, series)
        if self._at is not None:
            self._cursor(painter, box, self._days[self._at])
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _axes(self, painter: QPainter, box: QRectF) -> None:
        metrics = painter.fontMetrics()
        between = max(1.0, box.height() / max(1, len(self._ticks) - 1))
        each = max(1, math.ceil(metrics.height() / between))
        for at, value in enumerate(self._ticks):
            y = round(self._y(box, value)) + 0.5
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            if at % each:
                continue  # its text would lie over the next one's
            painter.setPen(theme.colour("ink3"))
            place = QRectF(0, y - metrics.height() / 2, box.left() - 8, metrics.height())
            painter.drawText(place, RIGHT, self._write(value))
        wide = 64
        for day in scale.months(self._days[0], self._days[-1], max(2, int(box.width() // wide))):
            x = self._x(box, day)
            text = day.strftime("%Y-%m") if day.month == 1 else day.strftime("%m")
            left = min(max(x - wide / 2, 0), self.width() - wide)
            painter.drawText(QRectF(left, box.bottom() + 6, wide, metrics.height()), CENTRE, text)

    def _line(self, painter: QPainter, box: QRectF, series: Series) -> None:
        colour = theme.colour(series.token)
        for run in _runs(series.points):
            points = [QPointF(self._x(box, day), self._y(box, value)) for day, value in run]
            if series.area and len(points) > 1:
                base = self._y(box, max(0.0, self._ticks[0]))
                path = QPainterPath()
                path.addPolygon(QPolygonF([QPointF(points[0].x(), base), *points, QPointF(points[-1].x(), base)]))
                fade = QLinearGradient(0, box.top(), 0, box.bottom())
                for place, strength in ((0.0, 70), (1.0, 8)):
                    shade = theme.colour(series.token)
                    fade.setColorAt(place, shade.fromRgb(shade.red(), shade.green(), shade.blue(), strength))
                painter.fillPath(path, fade)
            painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            if len(points) > 1:
                painter.drawPolyline(QPolygonF(points))
            painter.setBrush(colour)
            painter.drawEllipse(points[-1], 2.5, 2.5)

    def _cursor(self, painter: QPainter, box: QRectF, day: date) -> None:
        x = self._x(box, day)
        painter.setPen(QPen(theme.colour("ink3"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        lines = [format.day(day)]
        for series in self._series:
            value = self.value_at(series, day)
            if value is None:
                continue
            painter.setPen(QPen(theme.colour("card"), 2))
            painter.setBrush(theme.colour(series.token))
            painter.drawEllipse(QPointF(x, self._y(box, value)), 5, 5)
            lines.append(f"{series.name} {self._write(value)}".strip())
        self._balloon(painter, box, x, lines)

    def _balloon(self, painter: QPainter, box: QRectF, x: float, lines: Sequence[str]) -> None:
        metrics = painter.fontMetrics()
        wide = max(metrics.horizontalAdvance(line) for line in lines) + 20
        high = metrics.height() * len(lines) + 14
        left = x + 10 if x + 10 + wide < self.width() else x - 10 - wide
        sheet = QRectF(left, box.top() + 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("tip"))
        painter.drawRoundedRect(sheet, 6, 6)
        painter.setPen(theme.colour("on_tip"))
        for at, line in enumerate(lines):
            painter.drawText(
                QRectF(left + 10, sheet.top() + 7 + at * metrics.height(), wide, metrics.height()), LEFT, line
            )

    # Moving the cursor.

    def _go(self, at: int | None) -> None:
        if at == self._at or not self._days:
            return
        self._at = None if at is None else max(0, min(len(self._days) - 1, at))
        self.update()
        if self._at is not None:
            day = self._days[self._at]
            values = [(series.name, self.value_at(series, day)) for series in self._series]
            said = ", ".join(f"{name} {self._write(value)}" for name, value in values if value is not None)
            self.setAccessibleName(f"{self._title} {format.day(day)}: {said}")
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._days) - 1
        now = last if self._at is None else self._at
        moves = {Qt.Key.Key_Left: now - 1, Qt.Key.Key_Right: now + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.key() in moves and self._days:
            self._go(last if self._at is None else moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._days:
            box, x = self._box(), event.position().x()
            self._go(min(range(len(self._days)), key=lambda at: abs(self._x(box, self._days[at]) - x)))

    def leaveEvent(self, event: QEvent) -> None:
        self._go(None)

    def _said(self, series: Series) -> str:
        known = [(day, value) for day, value in series.points if value is not None]
        if not known:
            none = _("No figures yet")
            return f"{series.name}: {none}"
        values = [value for _day, value in known]
        return _(SPOKEN).format(
            name=series.name or self._title,
            first=self._write(values[0]),
            start=format.day(known[0][0]),
            last=self._write(values[-1]),
            end=format.day(known[-1][0]),
            low=self._write(min(values)),
            high=self._write(max(values)),
        )


def _runs(points: Sequence[tuple[date, float | None]]) -> list[list[tuple[date, float]]]:
    """The stretches without a gap."""
    runs: list[list[tuple[date, float]]] = [[]]
    for day, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((day, value))
    return [run for run in runs if run]
