"""The Reports page with one report and another, and what waits to be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from rmdesk.app import App
from rmdesk.base import clock
from rmdesk.models.kinds import Topic
from rmdesk.services.reports import rules
from rmdesk.services.reports.commands import KeepReport
from rmdesk.services.reports.parts import Kind
from rmdesk.services.reports.weekly import weekly as of_week
from rmdesk.ui.reports.page import ReportsPage
from tests.support.build import Do


def weekly(app: App) -> None:
    """The last week."""
    app.parts.desk.go("reports", kind=Kind.WEEKLY)


def monthly(app: App) -> None:
    """The last month."""
    app.parts.desk.go("reports", kind=Kind.MONTHLY)


def book(app: App) -> None:
    """The book of the highest tier."""
    app.parts.desk.go("reports", kind=Kind.BOOK)


def keep(app: App) -> None:
    """Two weeks that made themselves."""
    store = app.parts.tasks.store
    assert store is not None
    throw_away(app)
    for back in (0, 7):
        days = rules.span(Kind.WEEKLY, clock.today() - timedelta(back))
        app.parts.tasks.perform(KeepReport(store.read(of_week, *days)))


def ready(app: App) -> None:
    """The newest of them."""
    app.parts.desk.go("reports", ready=True)


def throw_away(app: App) -> None:
    """None is left."""

    def clear(work: Any) -> None:
        work.bulk("DELETE FROM made_report", topics={Topic.REPORTS})

    app.parts.tasks.perform(Do(clear))


def export(app: App) -> None:
    """As what, and what for."""
    cast(ReportsPage, app.window.page()).view.save()
