"""Every page by keyboard and screen reader: what can be reached has a name, and Tab comes round to where it began."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.routes import ROUTES
from tests.support import build, team
from tests.support.demo import store as store

MOST = 400  # steps of Tab after which it can be no circle


def shown(desk: WindowDesk, qtbot: QtBot, name: str) -> QWidget:
    if name == "sync" and desk.tasks.store is not None:
        team.join(desk.tasks.store)
        build.perform(desk.tasks.store, _differing)
    if name == "team" and desk.tasks.store is not None:
        desk.tasks.store.perform(ChangeSetting("general.role", "lead"))
    desk.go(name, **({"client": 1} if name == "client" else {}))
    qtbot.waitUntil(lambda: not desk.tasks.running)
    page = desk.window.page()
    assert page is not None
    qtbot.waitUntil(lambda: not page.stale and not desk.tasks.running and not page.showing_notice)
    qtbot.waitUntil(lambda: bool(reachable(page)))
    return page


def _differing(work: Any) -> None:
    visit, client = work.one("SELECT id, client_id FROM visit WHERE state = 'held' LIMIT 1")
    team.told(work, "visit", visit, client)
    team.differ(work, "visit", visit, "content", "另一版")


def reachable(page: QWidget) -> list[QWidget]:
    """What Tab stops at; the insides of a spin box or combo box are part of it."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def name_of(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return "" if found is None else found.text(QAccessible.Text.Name)


@pytest.mark.parametrize("name", [route.name for route in ROUTES])
def test_whatever_can_be_reached_has_a_name(desk: WindowDesk, qtbot: QtBot, name: str) -> None:
    page = shown(desk, qtbot, name)
    stops = reachable(page)
    assert stops
    nameless = [
        type(widget).__name__
        for widget in stops
        if not name_of(widget).strip()
        and widget.focusProxy() is None
        and not isinstance(widget.parent(), QAbstractScrollArea)
    ]
    assert nameless == []


@pytest.mark.parametrize("name", [route.name for route in ROUTES])
def test_tab_goes_through_the_page_and_comes_round(desk: WindowDesk, qtbot: QtBot, name: str) -> None:
    page = shown(desk, qtbot, name)
    desk.window.activateWindow()
    first = desk.window.topbar.search
    first.setFocus()
    seen: list[QWidget] = []
    for _step in range(MOST):
        now = desk.window.focusWidget()
        assert now is not None
        if now in seen:
            break
        seen.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert desk.window.focusWidget() is first
    assert [widget for widget in seen if page.isAncestorOf(widget)]


def test_names_of_the_frame(desk: WindowDesk, qtbot: QtBot) -> None:
    shown(desk, qtbot, "today")
    frame = [desk.window.nav, desk.window.topbar, desk.window.status]
    stops = [widget for part in frame for widget in reachable(part)]
    assert [type(widget).__name__ for widget in stops if not name_of(widget).strip()] == []
