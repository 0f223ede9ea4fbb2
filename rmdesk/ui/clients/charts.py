"""Two drawings of balances: a small line for the head of a file, and the whole history with axes and a reading line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.services.holdings.queries import Balances
from rmdesk.ui.kit import format
from rmdesk.ui.kit.theme import theme

Values = Sequence[int | None]
LINES = 4  # horizontal lines of the grid


def month_name(month: int) -> str:
    """A month as 2026-10."""
    return f"{month // 12}-{month % 12 + 1:02}"


def runs(points: Sequence[QPointF | None]) -> list[list[QPointF]]:
    """Points without the gaps: months nobody told break the line."""
    return [
        [point for point in part if point is not None]
        for known, part in groupby(points, key=lambda point: point is not None)
        if known
    ]


def steps(least: int, most: int, count: int = LINES) -> list[int]:
    """Round values from at or under `least` to at or over `most`, about `count` of them apart."""
    span = max(most - least, 1)
    rough = span / count
    power = 10 ** max(0, len(str(int(rough))) - 1)
    step = next(int(factor * power) or 1 for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    first = least // step * step
    values = [first]
    while values[-1] < most:
        values.append(values[-1] + step)
    return values


class Sparkline(QWidget):
    """The last months as a line, its end marked; red when it ends lower than it began by more than a tenth."""

    def __init__(self) -> None:
        super().__init__()
        self._values: tuple[int | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_balances(self, balances: Balances, months: int = 12) -> None:
        """Draw the last months of the daily averages, of the month ends where there are none."""
        source = balances.averages if any(value is not None for value in balances.averages) else balances.ends
        self._values = tuple(source[-months:])
        known = [value for value in self._values if value is not None]
        if known:
            first, last = (format.short_amount(known[at], balances.currency) for at in (0, -1))
            self.setAccessibleName(_("AUM from {first} to {last}").format(first=first, last=last))
            self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(90, theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        known = [value for value in self._values if value is not None]
        if not known:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        least, most = min(known), max(known)
        wide, high = self.width() - 10, self.height() - 10
        many = max(1, len(self._values) - 1)
        points = [
            None
            if value is None
            else QPointF(5 + wide * at / many, 5 + high * (0.5 if most == least else (most - value) / (most - least)))
            for at, value in enumerate(self._values)
        ]
        painter.setPen(QPen(theme.colour("accent"), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        for run in runs(points):
            painter.drawPolyline(run)
        end = [point for point in points if point is not None][-1]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("risk" if known[-1] < 0.9 * max(known) else "accent"))
        painter.drawEllipse(end, 3.5, 3.5)
        painter.end()


class BalanceChart(QWidget):
    """Month ends as a line over a soft ground, daily averages as a dashed line; arrows or the mouse read a month."""

    def __init__(self) -> None:
        super().__init__()
        self._balances = Balances("", (), (), (), None, stale=False)
        self._at: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(170)
        theme.changed.connect(self.update)

    def show_balances(self, balances: Balances) -> None:
        """Draw this history."""
        self._balances, self._at = balances, None
        self.setAccessibleName(_("History of balances"))
        self.setAccessibleDescription(
            "; ".join(f"{month_name(month)} {self._said(at)}" for at, month in enumerate(balances.months))
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 240)

    def reading(self) -> str:
        """What is read at the marked month."""
        at = self._at
        return "" if at is None else f"{month_name(self._balances.months[at])}  {self._said(at)}"

    def _said(self, at: int) -> str:
        money = self._balances.currency
        return _("month end {end}, daily average {average}").format(
            end=format.short_amount(self._balances.ends[at], money),
            average=format.short_amount(self._balances.averages[at], money),
        )

    # Painting.

    def _plot(self) -> QRectF:
        metrics = QFontMetricsF(theme.font(12, tabular=True))
        left = max((metrics.horizontalAdvance(self._label(value)) for value in self._scale()), default=0) + 12
        return QRectF(left, theme.px(26), self.width() - left - 10, self.height() - theme.px(26) - theme.px(24))

    def _scale(self) -> list[int]:
        known = [value for value in (*self._balances.ends, *self._balances.averages) if value is not None]
        return steps(min(0, *known), max(known)) if len(known) > 1 else []

    def _label(self, minor: int) -> str:
        return format.short_amount(minor, self._balances.currency)

    def paintEvent(self, event: QPaintEvent) -> None:
        scale = self._scale()
        if not scale:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._plot()
        self._paint_grid(painter, box, scale)
        ends = self._points(box, scale, self._balances.ends)
        averages = self._points(box, scale, self._balances.averages)
        ground = QColor(theme.colour("accent"))
        ground.setAlphaF(0.10)
        for run in runs(ends):
            area = QPainterPath(QPointF(run[0].x(), box.bottom()))
            for point in run:
                area.lineTo(point)
            area.lineTo(run[-1].x(), box.bottom())
            painter.fillPath(area, ground)
        self._paint_line(painter, ends, QPen(theme.colour("accent"), 2))
        self._paint_line(painter, averages, QPen(theme.colour("overdue"), 2, Qt.PenStyle.DashLine))
        self._paint_legend(painter, box)
        if self._at is not None:
            self._paint_reading(painter, box, (ends, averages))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _points(self, box: QRectF, scale: list[int], values: Values) -> list[QPointF | None]:
        span = max(1, scale[-1] - scale[0])
        many = max(1, len(values) - 1)
        return [
            None
            if value is None
            else QPointF(box.left() + box.width() * at / many, box.bottom() - box.height() * (value - scale[0]) / span)
            for at, value in enumerate(values)
        ]

    def _paint_line(self, painter: QPainter, points: list[QPointF | None], pen: QPen) -> None:
        painter.setPen(pen)
        for run in runs(points):
            if len(run) == 1:
                painter.drawEllipse(run[0], 2, 2)
            painter.drawPolyline(run)

    def _paint_grid(self, painter: QPainter, box: QRectF, scale: list[int]) -> None:
        painter.setFont(theme.font(12, tabular=True))
        span = max(1, scale[-1] - scale[0])
        for value in scale:
            y = box.bottom() - box.height() * (value - scale[0]) / span
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(theme.colour("ink3"))
            place = QRectF(0, y - 10, box.left() - 8, 20)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._label(value))
        months = self._balances.months
        metrics = QFontMetricsF(painter.font())
        each = max(1, round(len(months) * (metrics.horizontalAdvance("2026-10") + 24) / max(1.0, box.width()) + 0.5))
        painter.setPen(theme.colour("ink3"))
        for at in range(len(months) - 1, -1, -each):
            x = box.left() + box.width() * at / max(1, len(months) - 1)
            place = QRectF(x - 40, box.bottom() + 4, 80, theme.px(18))
            place.moveRight(min(place.right(), float(self.width())))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, month_name(months[at]))

    def _paint_legend(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(theme.font(12))
        metrics = QFontMetricsF(painter.font())
        x = box.left()
        for text, pen in (
            (_("Month end"), QPen(theme.colour("accent"), 2)),
            (_("Daily average"), QPen(theme.colour("overdue"), 2, Qt.PenStyle.DashLine)),
        ):
            painter.setPen(pen)
            painter.drawLine(QPointF(x, 9), QPointF(x + 18, 9))
            painter.setPen(theme.colour("ink2"))
            wide = metrics.horizontalAdvance(text)
            painter.drawText(QRectF(x + 24, 0, wide + 2, 18), Qt.AlignmentFlag.AlignVCenter, text)
            x += wide + 44
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(12, bold=True, tabular=True))
        rest = QRectF(x, 0, self.width() - x - 8, 18)
        text = QFontMetricsF(painter.font()).elidedText(self.reading(), Qt.TextElideMode.ElideLeft, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_reading(self, painter: QPainter, box: QRectF, lines: Sequence[list[QPointF | None]]) -> None:
        assert self._at is not None
        x = box.left() + box.width() * self._at / max(1, len(self._balances.months) - 1)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        for points, name in zip(lines, ("accent", "overdue"), strict=True):
            point = points[self._at]
            if point is not None:
                painter.setPen(QPen(theme.colour("card"), 2))
                painter.setBrush(theme.colour(name))
                painter.drawEllipse(point, 5, 5)

    # Reading.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box = self._plot()
        many = len(self._balances.months) - 1
        if many > 0 and box.width() > 0:
            share = (event.position().x() - box.left()) / box.width()
            self._read(round(max(0.0, min(1.0, share)) * many))

    def leaveEvent(self, event: QEvent) -> None:
        self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._balances.months:
            super().keyPressEvent(event)
            return
        last = len(self._balances.months) - 1
        self._read(last if self._at is None else max(0, min(last, self._at + step)))

    def _read(self, at: int | None) -> None:
        if at != self._at:
            self._at = at
            self.update()
