"""Nothing but the window is ever a window: a part shown before it has a place would flash up as one of its own."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.routes import ROUTES


@pytest.mark.parametrize("name", [route.name for route in ROUTES if route.name != "client"])
def test_no_part_of_a_page_is_a_window(desk: WindowDesk, windows: list[str], qtbot: QtBot, name: str) -> None:
    desk.go(name)
    page = desk.window.page()
    assert page is not None
    qtbot.waitUntil(lambda: page.isVisible() and not page.stale and not page.building and not desk.tasks.running)
    assert windows == []
