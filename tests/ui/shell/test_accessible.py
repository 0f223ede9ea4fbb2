"""By keyboard alone: Tab goes through the whole window as one reads it. `test_every_place` looks at all the rest."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit import tab_order
from rmdesk.ui.shell.desk import WindowDesk
from tests.support.access import keys
from tests.support.demo import store as store


def test_tab_goes_through_window_and_page_as_one_reads_and_comes_round(desk: WindowDesk, qtbot: QtBot) -> None:
    for name in ("today", "log", "settings"):
        desk.go(name)
        page = desk.window.pages
        qtbot.waitUntil(lambda: not desk.tasks.running and desk.window.page() is not None)
        shown = desk.window.page()
        assert shown is not None
        qtbot.waitUntil(lambda shown=shown: not (shown.stale or shown.building or desk.tasks.running))
        first = desk.window.topbar.search
        gone = keys.way(first)
        assert desk.window.focusWidget() is first
        order = list(tab_order.stops_in(desk.window))
        at = order.index(first)
        assert gone == order[at:] + order[:at]
        on_page = [place for place, widget in enumerate(order) if page.isAncestorOf(widget)]
        nav = [place for place, widget in enumerate(order) if desk.window.nav.isAncestorOf(widget)]
        status = [place for place, widget in enumerate(order) if desk.window.status.isAncestorOf(widget)]
        assert max(nav) < min(on_page) <= max(on_page) < min(status)


def test_shift_tab_goes_the_same_way_back(desk: WindowDesk, qtbot: QtBot) -> None:
    desk.window.activateWindow()
    order = list(tab_order.stops_in(desk.window))
    order[2].setFocus()
    qtbot.keyClick(order[2], Qt.Key.Key_Backtab)
    assert desk.window.focusWidget() is order[1]
    order[0].setFocus()
    qtbot.keyClick(order[0], Qt.Key.Key_Backtab)
    assert desk.window.focusWidget() is order[-1]
