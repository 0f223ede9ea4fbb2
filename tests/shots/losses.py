"""The Churn page: cases with the newest one open, what they teach, its forms; and the views of loyalty."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from rmdesk.app import App
from rmdesk.ui.churn import dialogs
from rmdesk.ui.churn.page import ChurnPage
from tests.shots import moments


def scenes(scene: Callable[..., Any]) -> list[Any]:
    """All scenes of this page but the first, which is a page's picture."""
    return [
        scene("churn-cases", (_cases,)),
        scene("churn-lessons", (_lessons,)),
        scene("churn-cause", (_cases, _cause), moments.close_dialogs),
        scene("churn-close", (_cases, _close), moments.close_dialogs),
        *(scene(f"loyalty-{view}", (partial(_loyalty, view),)) for view in ("map", "silent", "time", "rfm")),
    ]


def _loyalty(view: str, app: App) -> None:
    app.parts.desk.go("loyalty", view=view)


def _page(app: App) -> ChurnPage:
    page = app.window.page()
    assert isinstance(page, ChurnPage)
    return page


def _cases(app: App) -> None:
    app.parts.desk.go("churn", view="cases")


def _lessons(app: App) -> None:
    app.parts.desk.go("churn", view="lessons")


def _cause(app: App) -> None:
    found = _page(app).case.found
    assert found is not None
    dialogs.open_cause(app.parts.desk, found)


def _close(app: App) -> None:
    found = _page(app).case.found
    assert found is not None
    dialogs.open_close(app.parts.desk, found.case)
