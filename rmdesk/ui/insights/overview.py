"""The cards of the Insights page, three beside one another where there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from rmdesk.base.text import _
from rmdesk.services.charts import Chart
from rmdesk.services.insights import charting, picks, queries
from rmdesk.services.insights.queries import Overview
from rmdesk.services.rulebook import book
from rmdesk.services.store.reads import Reads
from rmdesk.ui.insights import words
from rmdesk.ui.insights.capacity_view import CapacityCard
from rmdesk.ui.insights.chart_card import ChartCard
from rmdesk.ui.insights.figure_line import FigureLine
from rmdesk.ui.kit import format
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Card, column
from rmdesk.ui.tasks.runner import Tasks

WIDE, MIDDLE = 880, 560  # widths in units of text from which there are three or two columns


class Shown(NamedTuple):
    """What the page draws: the figures, and the charts with their texts."""

    found: Overview
    charts: dict[str, Chart]

    def lacking(self, name: str) -> tuple[str, str] | None:
        """Why there is nothing to draw, and when there will be; None when there is."""
        found, told = self.found, _("They come with the bank's export.")
        match name:
            case "pareto" if not found.tenths:
                return _("No amounts are known yet."), told
            case "groups" if not found.dots.clients:
                return _("Nobody is in a group yet."), _("The tier comes with the assets.")
            case "tiers" if not found.months.months:
                return _("No month is told yet."), told
            case "coverage" if not found.weeks.asked[1:].any():
                return _("No cadence asks for contacts yet."), ""
            case "signals" if not found.leads:
                return _("No client was lost."), _("Each case teaches how early one could know.")
        return None


def read(reads: Reads, name: str) -> Shown:
    """Everything of a period; runs on the thread for what takes long."""
    from rmdesk.services.care import portfolio

    found = queries.overview(reads, name)
    shown = Shown(found, {
        "pareto": charting.pareto(found),
        "groups": charting.groups(reads, found),
        "tiers": charting.tiers(found),
        "coverage": charting.coverage(found),
        "signals": charting.signals(found),
        "fairness": charting.fairness(found),
    })  # fmt: skip
    portfolio.forget(reads)
    return shown


def coverage_days() -> int:
    """Over how many days coverage is told."""
    return int(book("insights")["coverage"]["days"]["value"])


class OverviewView(QWidget):
    """`opened(pick)` for a mark or a figure."""

    opened = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.figures = FigureLine()
        self.figures.pressed.connect(self.opened)
        line = Card()
        line.add(self.figures)
        heads: dict[str, tuple[str, str]] = {
            "pareto": (_("20/80 curve"), ""),
            "groups": (_("Nine groups"), _("size = AUM · red ring = churn warning")),
            "tiers": (_("Tiers"), ""),
            "coverage": (_("Contact coverage"), _("by week · the stronger the colour, the fuller")),
            "signals": (_("Churn: days of warning"), ""),
        }
        self.cards = {name: ChartCard(tasks, *head) for name, head in heads.items()}
        self.capacity = CapacityCard()
        self.capacity.opened.connect(lambda: self.opened.emit(picks.LATE))
        for card in self.cards.values():
            card.opened.connect(self.opened)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._columns = 0
        box = column(line, self._grid, gap=16)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.arrange(3)

    def steps(self, shown: Shown) -> Iterator[Callable[[], object]]:
        """What draws all of it, a card at a time. What is in words first: it moves the others, which are drawn anew."""
        found = shown.found
        yield lambda: self.figures.show_figures(words.figures(found.figures, coverage_days()))
        yield partial(self.capacity.show_capacity, found.capacity)
        yield lambda: self.cards["groups"].say(dots_told(found))
        months = _("monthly averages of {count} months").format(count=len(found.months.months))
        yield partial(self.cards["tiers"].note.setText, months)
        for name, card in self.cards.items():
            lacking = shown.lacking(name)
            if lacking is None:
                yield partial(card.show_chart, shown.charts[name])
            else:
                yield partial(card.show_nothing, *lacking)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() * 100 / theme.percent
        self.arrange(3 if wide >= WIDE else 2 if wide >= MIDDLE else 1)

    def arrange(self, columns: int) -> None:
        """So many cards beside one another."""
        if columns == self._columns:
            return
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 0)
        self._columns = columns
        for at, card in enumerate((*self.cards.values(), self.capacity)):
            self._grid.addWidget(card, at // columns, at % columns)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)


def dots_told(found: Overview) -> str:
    """How many clients are drawn as how many dots: who shares one is not hidden."""
    dots = found.dots
    key = _("size = AUM · red ring = churn warning")
    if dots.alone:
        return key
    told = _("{clients} clients as {dots} dots: who lie together share one")
    return f"{told.format(clients=format.whole(dots.clients), dots=format.whole(len(dots.field)))} · {key}"
