"""Pages of a desk on which nothing has been written yet: each says so, none shows the heads of empty tables."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.routes import ROUTES
from tests.ui.robot import PATIENCE


def test_no_page_shows_the_head_of_an_empty_table(qtbot: QtBot, desk: WindowDesk) -> None:
    bare = {}
    for route in ROUTES:
        desk.go(route.name)
        page = desk.window.page()
        assert page is not None

        def at_rest(page: object = page) -> bool:
            return not desk.tasks.running and not page.building and not page.stale  # type: ignore[attr-defined]

        qtbot.waitUntil(at_rest, timeout=PATIENCE)
        tables = [one for one in page.findChildren(QTableView) if one.isVisible()]
        bare[route.name] = [one.accessibleName() for one in tables if not one.model().rowCount()]
    assert {name: tables for name, tables in bare.items() if tables} == {}
