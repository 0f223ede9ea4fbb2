"""The Insights page: key figures and charts of a period, what other weights would do, and the ways on from here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.clients.filters import ClientFilter
from rmdesk.services.insights import periods, picks
from rmdesk.services.insights.picks import Picked
from rmdesk.services.store.reads import Reads
from rmdesk.ui.insights import outgoing, overview
from rmdesk.ui.insights.fairness_view import FairnessView
from rmdesk.ui.insights.overview import OverviewView, Shown
from rmdesk.ui.insights.weights_view import WeightsView
from rmdesk.ui.insights.words import BUDGET, INVESTED, PROMISES
from rmdesk.ui.kit.actions import Action
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.tab_buttons import tab_buttons, tab_head
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.tasks.task import Task

VIEWS = (("overview", N_("Overview")), ("weights", N_("What if")), ("fairness", N_("Fairness")))
WAYS = (("loyalty", N_("Loyalty")), ("churn", N_("Churn")), ("reports", N_("Reports")))


class InsightsPage(Page):
    """`go("insights", view="weights")`."""

    watches: ClassVar[frozenset[Topic]] = frozenset(
        {
            *(Topic.CLIENTS, Topic.SEGMENTS, Topic.HOLDINGS, Topic.VISITS, Topic.COMPLAINTS, Topic.SETTINGS),
            *(Topic.CHURN, Topic.GIFTS, Topic.PROFILE),
        }
    )

    offers: ClassVar[tuple[Action, ...]] = (
        Action("export_insights", N_("Export PDF"), lambda page: page.export(), icon="export", primary=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: Shown | None = None
        self._looking = self.tasks.line(self)
        self.period = periods.MONTH
        self.overview = OverviewView(desk.tasks)
        self.overview.opened.connect(self.show_clients)
        self.weights: WeightsView | None = None  # made when it is first looked at
        self.fairness: FairnessView | None = None
        self.stack = self.new_stack()
        self._build()

    def title(self) -> str:
        return _("Insights")

    def open(self, **what: Any) -> None:
        names = [name for name, _title in VIEWS]
        if what.get("view") in names:
            self.show_view(names.index(str(what["view"])))
        if what.get("period") in periods.NAMES:
            self.choose_period(str(what["period"]))

    def place(self) -> dict[str, Any]:
        return {"view": VIEWS[self._tabs.checkedId()][0], "period": self.period}

    # Loading.

    def reload(self) -> None:
        self._look(overview.read, self.period).done.connect(self.show_overview)
        if self.weights is not None:
            self.weights.refresh()

    def show_overview(self, shown: Shown) -> None:
        """Show the figures and charts."""
        self.shown = shown
        if not shown.found.clients:
            self.show_empty(
                _("There is nothing to look into yet."),
                _("Take in the bank's export: tiers, groups and figures come from it."),
                icon="insights",
                button=_("Import a file"),
                press=lambda: self.desk.go("imports"),
            )
            return
        fairness = () if self.fairness is None else (partial(self.fairness.show_overview, shown),)
        self.in_slices((*self.overview.steps(shown), *fairness))

    def _look(self, query: Callable[[Reads, str], Shown], period: str) -> Task[Shown]:
        """As `fetch`, on the thread for what takes long: of a hundred thousand clients it takes some seconds."""
        if not self._filled:
            self._waiting.start()
        task = self._looking.study(query, period)
        task.done.connect(lambda _shown: self.show_content())
        task.failed.connect(self._failed)
        return task

    def choose_period(self, name: str) -> None:
        """Show another stretch of time."""
        self.choice.setText(f"{_(periods.NAMES[name])} ▾")
        if name != self.period:
            self.period = name
            self.mark_stale()

    def show_view(self, at: int) -> None:
        """Show one of the tabs."""
        self._tabs.button(at).setChecked(True)
        self.choice.setVisible(at != 1)
        self.stack.bring((lambda: self.area, self._weights_view, self._fairness_view)[at]())

    def _weights_view(self) -> WeightsView:
        if self.weights is None:
            self.weights = WeightsView(self.desk)
            self.weights.begin()
        return self.weights

    def _fairness_view(self) -> FairnessView:
        if self.fairness is None:
            self.fairness = FairnessView(self.tasks)
            self.fairness.opened.connect(self.show_clients)
            if self.shown is not None:
                self.fairness.show_overview(self.shown)
        return self.fairness

    # Leading on.

    def show_clients(self, pick: str) -> None:
        """Show who, or what, a figure or a mark is made of."""
        kind, _colon, rest = pick.partition(":")
        if kind == "client":
            self.desk.go("client", client=ClientId(int(rest)))
        elif kind == PROMISES:
            self.desk.go("visits", tab="promises")
        elif kind == BUDGET:
            self.desk.go("gifts")
        elif kind == INVESTED:
            self.show_view(2)
        else:
            self.fetch(_picked, pick, self.period).done.connect(self._show_picked)

    def _show_picked(self, found: Picked) -> None:
        chosen = ClientFilter(statuses=(), among=found.clients, among_name=found.name.said)
        self.desk.go("clients", filter=chosen)

    def export(self) -> None:
        """Save what is shown as PDF."""
        if self.shown is not None:
            outgoing.export(self, self.shown, overview.coverage_days())

    # Building.

    def _build(self) -> None:
        self._tabs, line = tab_buttons(self, (_(title) for _name, title in VIEWS))
        for name, title in WAYS:
            line.addWidget(Button(f"{_(title)} →", partial(self.desk.go, name), kind="tab"))
        self.choice = Button("", kind="filter", hint=_("The days that the figures are of"))
        menu = QMenu(self.choice)
        for name, title in periods.NAMES.items():
            action = QAction(_(title), menu)
            action.triggered.connect(lambda _on=False, name=name: self.choose_period(name))
            menu.addAction(action)
        self.choice.setMenu(menu)
        head = tab_head(line)
        line.addWidget(self.choice)
        self.choose_period(self.period)
        self.area = scroller(self.overview)
        self.stack.addWidget(self.area)
        self._tabs.idClicked.connect(self.show_view)
        self.body.addWidget(head)
        self.body.addWidget(self.stack, 1)


def _picked(reads: Reads, pick: str, name: str) -> Picked:
    return picks.picked(reads, pick, name)
