"""The limits of a group, each with its bar, its share and what is left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.services.groups.facts import Line, Standing
from rmdesk.services.groups.rules import Light
from rmdesk.services.groups.tables import table
from rmdesk.ui.kit import faces, format, score_bar
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.told_dialog import Asked
from rmdesk.ui.kit.widgets import Chip, clear, column, label, row

KINDS = {
    Light.GREEN: "good",
    Light.WATCH: "occasion",
    Light.NEAR: "occasion",
    Light.REACHED: "risk",
    Light.UNKNOWN: "plain",
}
HIGH = 12


class LimitBar(QWidget):
    """How much of a limit is used, with marks at 80 and 90 %; the words around it say the same."""

    told_as = faces.DECORATION

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, HIGH + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(0, 2, self.width(), HIGH)
        used = min(100.0, 100 * (self._line.share or 0.0))
        token = KINDS[self._line.light]
        score_bar.paint(painter, box, ((token if token != "plain" else "ink3", used),))
        painter.setPen(QPen(theme.colour("card"), 2))
        for step in table().steps[:2]:
            x = box.left() + box.width() * step / 100
            painter.drawLine(int(x), int(box.top()), int(x), int(box.bottom()))
        painter.end()


class LimitBars(QWidget):
    """Shows how a group stands, a limit a line."""

    told_as = faces.CHART

    def __init__(self) -> None:
        super().__init__()
        self._told: list[str] = []
        self.setAccessibleName(_("Limits"))
        Asked(self, self.facts, _("Limits"))
        self._box = column(gap=10)
        self.setLayout(self._box)

    def show_standing(self, standing: Standing, currency: str) -> None:
        """Draw these."""
        clear(self._box)
        for line in standing.lines:
            self._box.addLayout(_line(line, currency))
        self._told = [f"{_name(line)}: {_used(line)}. {_amounts(line, currency)}" for line in standing.lines]
        self.setAccessibleDescription("\n".join(self._told))

    def facts(self) -> list[str]:
        """A line for each limit: its share, and the amounts."""
        return list(self._told)


def _line(line: Line, currency: str) -> QLayout:
    head = row(label(_name(line), "small", wrap=True), Chip(_used(line), KINDS[line.light]), gap=8)
    head.setStretch(0, 1)
    bar = LimitBar(line)
    bar.setToolTip(line.limit.source)
    return column(head, bar, label(_amounts(line, currency), "note"), gap=2)


def _name(line: Line) -> str:
    return line.limit.name.said + (f" · {line.name}" if line.name else "")


def _used(line: Line) -> str:
    used = format.percent(line.share, 1) if line.share is not None else "–"
    return (_("at least {share}") if line.total.at_least else "{share}").format(share=used)


def _amounts(line: Line, currency: str) -> str:
    if line.limit_minor is None or line.room_minor is None:
        return _("The limit is unknown without a capital figure.")
    text = _("{used} of {limit}; {room} left") if line.room_minor >= 0 else _("{used} of {limit}; {room} over")
    return text.format(
        used=format.short_amount(line.total.minor, currency, sign=True),
        limit=format.short_amount(line.limit_minor, currency, sign=True),
        room=format.short_amount(abs(line.room_minor), currency, sign=True),
    )
