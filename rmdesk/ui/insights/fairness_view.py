"""Who gets the money and the hours: existing clients beside what they hold, and those around a client."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.services.fairness.queries import Meter
from rmdesk.services.fairness.words import incomparable
from rmdesk.ui.insights.chart_card import ChartCard
from rmdesk.ui.insights.overview import Shown
from rmdesk.ui.kit import format
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.widgets import Card, clear, column, label, restyle, row
from rmdesk.ui.tasks.runner import Tasks


class FairnessView(QWidget):
    """`opened(pick)` for a bar."""

    opened = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.chart = ChartCard(tasks, _("Share of the existing clients"))
        self.chart.opened.connect(self.opened)
        self.side = Card(_("Spent on existing clients"))
        self._lines = column(gap=10)
        self.side.add(self._lines, None)
        self.side.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        names = (_("Share of the existing clients"), _("Spent on existing clients"))
        whole = column(Panes(self.chart, self.side, names, shares=(3, 2)))
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_overview(self, shown: Shown) -> None:
        """Show the meter of a period."""
        meter = shown.found.meter
        if meter.clients.total:
            self.chart.show_chart(shown.charts["fairness"])
        else:
            self.chart.show_nothing(_("There are no clients yet."))
        months = _("existing: clients for 12 months or longer")
        self.chart.say(f"{meter.start.isoformat()} – {meter.end.isoformat()} · {months}")
        clear(self._lines)
        for part in _lines(meter):
            self._lines.addWidget(part)


def _lines(meter: Meter) -> list[QWidget]:
    def amount(minor: int) -> str:
        return format.short_amount(minor, meter.currency, sign=True)

    noted = _("{noted} of {contacts} contacts have their length noted; others count as their channel usually takes.")
    ratios = (
        (_("Money, against their share of the AUM"), meter.money_ratio),
        (_("Hours, against their share of the AUM"), meter.hours_ratio),
    )
    why = incomparable(meter)
    least = _("At {least} they get as much as they hold.").format(least=f"{meter.least:g}")
    parts: list[QWidget] = [
        *(_pair(name, format.decimal(ratio, 2), _kind(meter, ratio)) for name, ratio in ratios),
        label(least if why is None else why.said, "note", wrap=True),
        label(_("Gifts went to"), "strong"),
        _pair(_("the clients themselves"), amount(meter.direct)),
        _pair(_("those who influence them"), amount(meter.influencers)),
        _pair(_("others around them"), amount(meter.around)),
        label(noted.format(noted=format.whole(meter.noted), contacts=format.whole(meter.contacts)), "note", wrap=True),
    ]
    if meter.unassigned:
        said = _("{amount} of events to which nobody of this portfolio came.").format(amount=amount(meter.unassigned))
        parts.append(label(said, "note", wrap=True))
    if meter.costless:
        said = _("{count} without a known cost are counted in nothing.").format(count=meter.costless)
        parts.append(label(said, "note", wrap=True))
    return parts


def _kind(meter: Meter, ratio: float | None) -> str:
    if ratio is None:
        return ""
    return "good" if round(ratio, 2) >= meter.least else "risk"


def _pair(name: str, value: str, kind: str = "") -> QWidget:
    figure = label(value, "strong")
    if kind:
        restyle(figure, tint=kind)
    made = QWidget()
    made.setLayout(row(label(name, "soft", wrap=True), None, figure))
    made.setAccessibleName(f"{name}: {value}")
    return made
