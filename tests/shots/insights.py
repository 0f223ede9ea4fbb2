"""The Insights page: a chart as a table, what other weights would do, and why they are changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmdesk.app import App
from rmdesk.ui.insights import dialogs
from rmdesk.ui.insights.page import InsightsPage
from tests.shots import moments

OTHER = {"C": 10.0, "F": 4.0, "O": 30.0, "R": 40.0}


def scenes(scene: Callable[..., Any]) -> list[Any]:
    """All scenes of this page but the first, which is a page's picture."""
    return [
        scene("insights-table", (_overview, _table), _chart),
        scene("insights-weights", (_weights, _move), _overview),
        scene("insights-fairness", (_fairness,), _overview),
        scene("insights-pdf", (_overview, _out), moments.close_dialogs),
        scene("insights-why", (_weights, _why), _leave),
    ]


def _page(app: App) -> InsightsPage:
    page = app.window.page()
    assert isinstance(page, InsightsPage)
    return page


def _overview(app: App) -> None:
    app.parts.desk.go("insights", view="overview")


def _table(app: App) -> None:
    for card in _page(app).overview.cards.values():
        card.toggle.setChecked(True)


def _chart(app: App) -> None:
    for card in _page(app).overview.cards.values():
        card.toggle.setChecked(False)


def _weights(app: App) -> None:
    app.parts.desk.go("insights", view="weights")


def _move(app: App) -> None:
    weights = _page(app).weights
    assert weights is not None
    for line, weight in OTHER.items():
        weights.sliders[line].slider.setValue(round(weight * 2))


def _fairness(app: App) -> None:
    app.parts.desk.go("insights", view="fairness", period="year")


def _out(app: App) -> None:
    _page(app).export()


def _leave(app: App) -> None:
    moments.close_dialogs(app)
    _overview(app)


def _why(app: App) -> None:
    weights = _page(app).weights
    assert weights is not None
    assert weights.trial is not None
    dialogs.ask_why(app.parts.desk, weights.trial.purpose, weights.weights)
