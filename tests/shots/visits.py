"""Moments of visits: the form filled and refused, the dialogs; what they type is discarded again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from rmdesk.app import App
from rmdesk.base import clock
from rmdesk.models.kinds import ClientId
from rmdesk.ui.visits import dialogs
from rmdesk.ui.visits.log_page import LogPage

Step = Callable[[App], object]
TYPED = {
    "channel": "at_client", "minutes": "48", "purpose": "农历生日前拜访；了解 200 万转出原因",
    "content": "转出用于女儿留学首付保证金；客户对汇率时点犹豫；谈到收藏协会活动。",
    "needs": ["换汇 80 万美元"], "signals": ["他行接触中"], "mood": "pleased",
    "next_step": "生日上门；约外汇专家同访",
}  # fmt: skip


def segment(name: str) -> Step:
    """One of the segments of the page."""
    return lambda app: app.parts.desk.go("visits", tab=name)


def empty(app: App) -> None:
    """The form as Ctrl+N opens it."""
    app.parts.desk.go("log")


def filled(client: int) -> Step:
    """The form filled in."""

    def fill(app: App) -> None:
        app.parts.desk.go("log", client=ClientId(client))
        page = _page(app)
        later = clock.today() + timedelta(3)
        promises = [["给出留学金融方案", (clock.today() + timedelta(4)).isoformat()]]
        page.form.show_typed({**TYPED, "promises": promises, "next_on": later.isoformat()})

    return fill


def refused(app: App) -> None:
    """What is wrong stands beside its field."""
    page = _page(app)
    page.form.at.setText("25:00")
    page.save()


def forget(app: App) -> None:
    """Throw away what was typed."""
    page = app.window.page()
    if isinstance(page, LogPage):
        page.discard()
        app.parts.desk.back()


def plan(client: int) -> Step:
    """The dialog that plans a visit."""
    return lambda app: dialogs.open_plan(app.parts.desk, ClientId(client)) and None


def promise(app: App) -> None:
    """The dialog that notes a promise."""
    dialogs.open_promise(app.parts.desk)


def _page(app: App) -> LogPage:
    page = app.window.page()
    assert isinstance(page, LogPage)
    return page
