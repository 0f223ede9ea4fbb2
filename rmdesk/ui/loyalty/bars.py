"""Two drawings: the tenths of the clients with the curve of what they hold together, and tiers by value and time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.services.loyalty.queries import TierTime
from rmdesk.ui.care import words
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
KEY = 24  # units of the line that says what the colours are
PALE = 0.72  # of a bar that is not chosen: still 3 to 1 on the card
TIERS = (None, "T1", "T2", "T3", "T4", "T5")


class ParetoChart(QWidget):
    """Ten bars and a line; `chosen(tenth)` by a click, or by left and right. The top fifth is marked."""

    told_as = faces.CHART

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._tenths: tuple[float, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Share of the AUM by tenths of the clients"))

    def show_tenths(self, tenths: Sequence[float]) -> None:
        """Shares of the AUM, the wealthiest tenth first."""
        self._tenths = tuple(tenths)
        self.setAccessibleDescription("\n".join(self.facts()))
        self.update()

    def facts(self) -> list[str]:
        """The bars and the curve over them in words."""
        text = _("Tenth {number}: {share}; up to here {held}")
        held = accumulate(self._tenths)
        return [
            text.format(number=at, share=format.percent(one), held=format.percent(upto))
            for at, (one, upto) in enumerate(zip(self._tenths, held, strict=True), start=1)
        ]

    def choose(self, at: int) -> None:
        """Mark a tenth and tell it."""
        self._at = max(0, min(9, at))
        self.update()
        self.chosen.emit(self._at)

    def sizeHint(self) -> QSize:
        return QSize(420, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    def _box(self) -> QRectF:
        metrics = QFontMetricsF(theme.font(12))
        wide = metrics.horizontalAdvance("100%") + 12
        return QRectF(wide, 12, self.width() - wide - 8, self.height() - 2 * metrics.height() - 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setFont(theme.font(12, tabular=True))
        box, high = self._box(), painter.fontMetrics().height()
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = round(box.bottom() - share * box.height()) + 0.5
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(theme.colour("ink3"))
            painter.drawText(QRectF(0, y - high / 2, box.left() - 8, high), RIGHT, format.percent(share))
        wide = box.width() / 10
        for at, share in enumerate(self._tenths):
            bar = QRectF(
                box.left() + at * wide + 4, box.bottom() - share * box.height(), wide - 8, share * box.height()
            )
            colour = QColor(theme.colour("accent"))
            colour.setAlphaF(1.0 if at == self._at else PALE)
            painter.fillRect(bar, colour)
            painter.setPen(theme.colour("ink" if at == self._at else "ink3"))
            painter.drawText(QRectF(box.left() + at * wide, box.bottom() + 4, wide, high), CENTRE, f"{10 * (at + 1)}%")
        self._curve(painter, box, wide)
        painter.setPen(theme.colour("ink3"))
        low = QRectF(box.left(), box.bottom() + high + 6, box.width(), high)
        painter.drawText(low, CENTRE, _("Clients, the wealthiest first"))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _curve(self, painter: QPainter, box: QRectF, wide: float) -> None:
        held, points = 0.0, [QPointF(box.left(), box.bottom())]
        for at, share in enumerate(self._tenths, start=1):
            held += share
            points.append(QPointF(box.left() + at * wide, box.bottom() - held * box.height()))
        painter.setPen(QPen(theme.colour("overdue"), 2))
        painter.drawPolyline(QPolygonF(points))
        if len(points) > 2:
            painter.setPen(QPen(theme.colour("risk"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(points[2].x(), box.bottom()), points[2])
            painter.setBrush(theme.colour("risk"))
            painter.drawEllipse(points[2], 4, 4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            text = _("a fifth holds {share}").format(share=format.percent(sum(self._tenths[:2])))
            painter.setPen(theme.colour("ink"))
            painter.drawText(points[2] + QPointF(10, 16), text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box = self._box()
        if event.button() == Qt.MouseButton.LeftButton and box.left() <= event.position().x() <= box.right():
            self.choose(int((event.position().x() - box.left()) / box.width() * 10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if Qt.Key(event.key()) in steps:
            self.choose(self._at + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class TierBars(QWidget):
    """Each tier with two bars: its share of the AUM, and of our time."""

    told_as = faces.CHART

    def __init__(self) -> None:
        super().__init__()
        self._tiers: tuple[TierTime, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Shares of the AUM and of our time by tier"))

    def show_tiers(self, tiers: Sequence[TierTime]) -> None:
        """Draw these."""
        self._tiers = tuple(tiers)
        self.setAccessibleDescription("\n".join(self.facts()))
        self.updateGeometry()
        self.update()

    def facts(self) -> list[str]:
        """The bars in words."""
        text = _("{tier}: {aum} of the AUM, {time} of the time")
        return [
            text.format(tier=_tier(one), aum=format.percent(one.aum_share), time=format.percent(one.time_share))
            for one in self._tiers
        ]

    def sizeHint(self) -> QSize:
        return QSize(380, theme.px(KEY) + theme.px(46) * max(1, len(self._tiers)))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, theme.px(KEY) + theme.px(32) * max(1, len(self._tiers)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setFont(theme.font(12, tabular=True))
        name, figure = theme.px(84), theme.px(48)
        room = self.width() - name - figure - 16
        # Closer together where there is less height, so that the last is seen, too.
        high = min(theme.px(46), (self.height() - theme.px(KEY)) / max(1, len(self._tiers)))
        line = high * 20 / 46
        self._key(painter, name, theme.px(20))
        for at, one in enumerate(self._tiers):
            top = theme.px(KEY) + at * high
            painter.setPen(theme.colour("ink"))
            painter.drawText(QRectF(0, top, name - 8, 2 * line), LEFT, _tier(one))
            for place, (share, token) in enumerate(((one.aum_share, "value"), (one.time_share, "occasion"))):
                y = top + place * line
                painter.fillRect(QRectF(name, y + 4, max(1.0, room * share), line - 8), theme.colour(token))
                painter.setPen(theme.colour("ink2"))
                painter.drawText(QRectF(name + room + 4, y, figure, line), RIGHT, format.percent(share))
        painter.end()

    def _key(self, painter: QPainter, left: float, line: float) -> None:
        for token, text in (("value", _("share of AUM")), ("occasion", _("share of time"))):
            painter.fillRect(QRectF(left, line / 2 - 5, 10, 10), theme.colour(token))
            painter.setPen(theme.colour("ink2"))
            painter.drawText(QRectF(left + 16, 0, theme.px(140), line), LEFT, text)
            left += 28 + painter.fontMetrics().horizontalAdvance(text)


def _tier(one: TierTime) -> str:
    from rmdesk.models.kinds import Tier

    code = TIERS[one.tier]
    return words.tier(Tier(code)) if code else _("unknown")
