"""The ladder: what matures in each of the next months as bars, each in the colours of what is planned."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import N_, _
from rmdesk.services.products.maturities import Ladder
from rmdesk.services.products.maturity_rows import Rung
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme

CENTRE = int(Qt.AlignmentFlag.AlignCenter)
# From the foot of a bar upwards: the states that share a colour, and its name.
PARTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("renewed", "renew"), "value", N_("Renew")),
    (("move",), "opportunity", N_("Move to another product")),
    (("pay_out",), "occasion", N_("Pay out")),
    (("undecided", "open"), "edge", N_("Not decided")),
)
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LadderChart(QWidget):
    """A bar a month; `chosen(month)` by a click, or by left and right. Months count from year 0."""

    told_as = faces.CHART

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.ladder: Ladder | None = None
        self.at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("What matures by month"))
        theme.changed.connect(self.update)

    def show_ladder(self, ladder: Ladder) -> None:
        """Draw this; the month that was chosen stays so."""
        self.ladder = ladder
        self.at = min(self.at, max(0, len(ladder.rungs) - 1))
        self.setAccessibleDescription("\n".join(self.facts()))
        self.update()

    def choose(self, at: int) -> None:
        """Mark a month by its place and tell it."""
        if self.ladder is not None and self.ladder.rungs:
            self.at = max(0, min(len(self.ladder.rungs) - 1, at))
            self.update()
            self.chosen.emit(self.ladder.rungs[self.at].month)

    def sizeHint(self) -> QSize:
        return QSize(480, theme.px(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, theme.px(120))

    def facts(self) -> list[str]:
        """A line for each month: what matures, and the parts of its bar."""
        return [] if self.ladder is None else [self._said(rung) for rung in self.ladder.rungs]

    def _said(self, rung: Rung) -> str:
        assert self.ladder is not None
        amount = format.short_amount(rung.amount_minor, self.ladder.currency, sign=True)
        whole = _("{month}: {amount}, {count} holdings").format(
            month=format.month_name(rung.month % 12 + 1), amount=amount, count=rung.count
        )
        parts = [(_(name), sum(rung.states.get(state, 0) for state in states)) for states, _token, name in PARTS]
        told = [
            f"{name} {format.short_amount(minor, self.ladder.currency, sign=True)}" for name, minor in parts if minor
        ]
        return _("; ").join([whole, *told])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        if self.ladder is not None and self.ladder.rungs:
            painter.setFont(theme.font(12, tabular=True))
            high = painter.fontMetrics().height()
            wide = self.width() / len(self.ladder.rungs)
            most = max((rung.amount_minor for rung in self.ladder.rungs), default=0) or 1
            for at, rung in enumerate(self.ladder.rungs):
                self._bar(painter, rung, QRectF(at * wide, 0, wide, self.height()), high, most, chosen=at == self.at)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _bar(self, painter: QPainter, rung: Rung, box: QRectF, high: int, most: int, *, chosen: bool) -> None:
        assert self.ladder is not None
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(box.adjusted(2, 0, -2, 0), 8, 8)
        room = box.height() - 2 * high - 16
        foot, width = box.bottom() - high - 8, min(box.width() - 12, 44.0)
        left = box.center().x() - width / 2
        whole = room * rung.amount_minor / most
        for states, token, _name in PARTS:
            part = whole * sum(rung.states.get(state, 0) for state in states) / (rung.amount_minor or 1)
            if part > 0:
                painter.fillRect(QRectF(left, foot - part, width, part), QColor(theme.colour(token)))
                foot -= part
        painter.setPen(theme.colour("ink" if rung.amount_minor else "ink3"))
        text = format.short_amount(rung.amount_minor, self.ladder.currency) if rung.amount_minor else "–"
        painter.drawText(QRectF(box.left(), foot - high - 3, box.width(), high), CENTRE, text)
        painter.setPen(theme.colour("ink" if chosen else "ink2"))
        month = rung.month % 12 + 1
        name = f"{rung.month // 12}-{month:02}" if month == 1 or self.ladder.rungs[0] is rung else f"{month:02}"
        painter.drawText(QRectF(box.left(), box.bottom() - high - 3, box.width(), high), CENTRE, name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.ladder is not None and self.ladder.rungs:
            self.choose(int(event.position().x() / self.width() * len(self.ladder.rungs)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in STEPS:
            self.choose(self.at + STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
