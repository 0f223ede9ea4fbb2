"""The steps of the tour, shown on purpose: by itself it waits for a touch, and pictures are taken without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from rmdesk.app import App
from rmdesk.services.guide.steps import steps
from tests.shots import moments


def step(number: int) -> Callable[[App], None]:
    """Go on to this step, the first being 0."""

    def show(app: App) -> None:
        tour = app.parts.session.touring.tour
        assert tour is not None
        while tour.at < number:
            tour.mark.next.click()

    return show


def leave(app: App) -> None:
    """Take the tour away without having seen it."""
    app.parts.session.touring.ended()


def scenes(scene: Any) -> list[Any]:
    """One picture of each step, and some pages of the help."""
    begin = (moments.today, lambda app: app.parts.session.touring.begin())
    tour = [scene(f"tour-{at + 1}", (*begin, step(at)), leave) for at in range(len(steps()))]
    return [*tour, *(scene(f"guide-{name}", (partial(_rule, name=name),)) for name in ("clubs", "credit", "score"))]


def _rule(app: App, name: str) -> None:
    app.parts.desk.go("guide", rule=name)
