"""The frame: navigation by keys, search, palette, help, status line, what is kept between starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from rmdesk.base import text
from rmdesk.ui.kit.pick_list import Pick
from rmdesk.ui.kit.state import State
from rmdesk.ui.shell import actions, commands, routes
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.history import History, Place
from rmdesk.ui.shell.keys_help import KeysHelp
from rmdesk.ui.shell.palette import Palette, matches
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.shell.search import SearchPopup
from rmdesk.ui.shell.window import FIRST, SMALLEST, Window
from rmdesk.ui.tasks.task import Task


class Ran:
    """Notes what the palette ran."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __getattr__(self, name: str) -> object:
        return lambda *_given: self.names.append(name)


def test_arrows_walk_through_the_navigation_and_enter_goes(desk: WindowDesk, qtbot: QtBot) -> None:
    nav = desk.window.nav
    desk.window.activateWindow()
    nav.items[0].setFocus()
    wanted: list[str] = []
    nav.wanted.connect(wanted.append)
    for _step in (item for item in nav.items if not item.isHidden()):
        qtbot.keyClick(nav.window().focusWidget() or nav.items[0], Qt.Key.Key_Down)
    qtbot.keyClick(nav.window().focusWidget() or nav.items[0], Qt.Key.Key_Return)
    assert wanted == [nav.items[0].route.name]


def test_only_keys_put_a_ring_round_an_entry(desk: WindowDesk, qtbot: QtBot) -> None:
    first, second = desk.window.nav.items[:2]
    desk.window.activateWindow()
    first.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert not first.ringed
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not second.ringed
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()
    assert first.ringed


def test_a_count_is_shown_and_spoken(desk: WindowDesk) -> None:
    item = desk.window.nav.items[0]
    desk.badge(item.route.name, 12)
    assert item.accessibleName().endswith(", 12")
    desk.badge(item.route.name, None)
    assert item.accessibleName() == item.text()


def test_every_entry_has_a_name_an_icon_and_keys() -> None:
    listed = [route for route in ROUTES if route.listed]
    assert listed
    assert all(route.icon and route.shortcut for route in listed)
    shortcuts = [action.shortcut for action in actions.everywhere() if action.shortcut]
    assert sorted(shortcuts) == sorted(set(shortcuts))


@pytest.mark.parametrize(
    ("typed", "name", "how"),
    [("", "Undo", 3), ("un", "Undo", 3), ("do", "Undo", 2), ("ud", "Undo", 1), ("x", "Undo", 0)],
)
def test_how_well_a_name_answers(typed: str, name: str, how: int) -> None:
    assert matches(typed, name) == how


@given(st.text(max_size=20), st.text(max_size=5))
def test_a_name_answers_to_itself_and_to_its_parts(name: str, more: str) -> None:
    assert matches(name, name.strip()) == 3
    assert matches(name, more + name) >= 2


def test_the_palette_finds_and_runs(desk: WindowDesk, qtbot: QtBot) -> None:
    ran = Ran()
    palette = Palette([(action, ran) for action in actions.everywhere()], desk.window)
    qtbot.addWidget(palette)
    palette.show()
    qtbot.keyClicks(palette.field, "lock")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.ran is not None
    palette.ran()
    assert [name for name in ran.names if name != "leads"] == ["lock"]  # who sits here was asked, too


def test_the_palette_says_when_nothing_has_this_name(desk: WindowDesk, qtbot: QtBot) -> None:
    palette = Palette([(action, Ran()) for action in actions.everywhere()], desk.window)
    qtbot.addWidget(palette)
    palette.show()
    qtbot.keyClicks(palette.field, "zzzz")
    assert palette.none.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_arrows_go_round_in_the_palette(desk: WindowDesk, qtbot: QtBot) -> None:
    palette = Palette([(action, Ran()) for action in actions.everywhere()], desk.window)
    qtbot.addWidget(palette)
    palette.show()
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == palette.list.model_of_picks.rowCount() - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0


def hits(typed: str) -> Sequence[Pick]:
    return [Pick(f"{typed} {number}", number, note="zwm") for number in range(3)] if "w" in typed else []


def test_search_shows_hits_while_typing_and_enter_picks(desk: WindowDesk, qtbot: QtBot) -> None:
    field = desk.window.topbar.search
    popup = SearchPopup(field, desk.window.frame)
    popup.finder = hits
    picked: list[int] = []
    popup.picked.connect(picked.append)
    field.setFocus()
    qtbot.keyClicks(field, "zw")
    assert popup.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert picked == [1]
    assert not popup.isVisible()
    assert field.text() == ""


def test_search_says_when_nothing_is_found_and_esc_closes(desk: WindowDesk, qtbot: QtBot) -> None:
    field = desk.window.topbar.search
    popup = SearchPopup(field, desk.window.frame)
    field.setFocus()
    qtbot.keyClicks(field, "x")
    assert popup.none.text() == "The search is being prepared…"
    popup.finder = hits
    qtbot.keyClicks(field, "y")
    assert popup.none.text() == "Nothing found for “xy”."
    assert popup.hint.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert field.text() == ""


def test_the_help_sheet_shows_every_shortcut(desk: WindowDesk, qtbot: QtBot) -> None:
    sheet = KeysHelp(list(actions.everywhere()), desk.window)
    qtbot.addWidget(sheet)
    texts = {found.text() for found in sheet.findChildren(QLabel)}
    assert {action.shortcut for action in actions.everywhere() if action.shortcut} <= texts


def test_the_status_line_says_how_safe_and_how_much(desk: WindowDesk) -> None:
    status = desk.window.status
    status.lock_after(10)
    status.show_portfolio(486, 68_200_000_000, "CNY", (("active", 478), ("closed", 8)))
    assert status.safe.text() == "Encrypted · locks after 10 idle minutes"
    assert status.portfolio.text() == "486 clients · AUM ¥\N{NO-BREAK SPACE}682\N{NO-BREAK SPACE}M"
    assert status.portfolio.toolTip() == "Active 478 · Closed 8"
    status.show_demo(True)
    assert "invented" in status.place.text()
    assert status.place.text().startswith("Offline")
    assert status.told.text() == "Nothing imported yet"
    status.show_as_of(date(2026, 11, 20))
    assert status.told.text() == "Bank data as of 2026-11-20"


def test_slow_work_has_a_line_and_can_be_stopped(desk: WindowDesk, qtbot: QtBot) -> None:
    status = desk.window.status
    task: Task[None] = Task("Import", writes=True)
    task.progress.show(30, 100, "30 of 100")
    status.follow(task)
    qtbot.waitUntil(lambda: status.work.text() == "30 of 100")
    assert status.bar.value() == 30
    qtbot.mouseClick(status.cancel, Qt.MouseButton.LeftButton)
    assert task.progress.stopped
    task.ended.tell(task)
    assert not status.work.isVisible()


def test_what_began_before_and_goes_on_has_the_line_again(desk: WindowDesk) -> None:
    status = desk.window.status
    long: Task[None] = Task("Import", writes=True)
    short: Task[None] = Task("Report")
    status.follow(long)
    status.follow(short)
    assert status.work.text() == "Report"
    short.ended.tell(short)
    assert status.work.text() == "Import"
    assert status.cancel.isVisible()
    long.ended.tell(long)
    assert not status.work.isVisible()


def test_texts_follow_the_language(desk: WindowDesk) -> None:
    text.use("pseudo")
    desk.window.retranslate()
    assert desk.window.nav.items[-1].text().startswith("[Settings")
    assert desk.window.topbar.search.placeholderText().startswith("[")


def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, state: State) -> None:
    first = Window(state)
    qtbot.addWidget(first)
    first.show()
    first.resize(1300, 800)
    first.close()
    again = Window(state)
    qtbot.addWidget(again)
    assert again.size() != FIRST  # the screen of the tests is smaller than the window, so only that it was changed
    assert again.minimumSize() == SMALLEST


@given(st.lists(st.sampled_from("abc"), max_size=80))
def test_history_goes_back_the_way_it_came(pages: list[str]) -> None:
    history = History()
    way: list[str] = []
    for page in pages:
        history.went(Place(page, {}))
        if not way or way[-1] != page:
            way.append(page)
    way = way[-50:]
    while len(way) > 1:
        way.pop()
        place = history.back()
        assert place is not None
        assert place.page == way[-1]
    assert history.back() is None


def test_state_forgets_what_is_broken(state: State) -> None:
    state.keep("a", {"b": [1, "周"]})
    assert state.value("a") == {"b": [1, "周"]}
    assert state.value("missing", 3) == 3
    assert State(None).value("a") is None


def test_the_buttons_of_a_page_follow_in_a_turn_after_it(desk: WindowDesk, qtbot: QtBot) -> None:
    window, new = desk.window, text._("New client")

    def offered() -> bool:
        bar = window.topbar
        return any(one.text() == new and one.isVisible() for one in bar.findChildren(QPushButton))

    desk.go("clients")
    qtbot.waitUntil(offered)
    desk.go("sync")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.page())
    desk.go("clients")
    assert window.pages.currentWidget() is window.page()  # one that is there is seen at once
    seen = []
    for _turn in range(8):
        seen.append(offered())
        QApplication.processEvents()
    assert not seen[0]  # those of the page before are gone, these are made later
    assert seen[-1]


def test_the_sheet_of_keys_has_those_of_every_page(desk: WindowDesk, qtbot: QtBot) -> None:
    for route in ROUTES:
        page = route.load()
        sheet = KeysHelp([*page.offers, *actions.everywhere()], desk.window, page.keys)
        qtbot.addWidget(sheet)
        texts = {found.text() for found in sheet.findChildren(QLabel)}
        assert {action.shortcut for action in page.offers if action.shortcut} <= texts, route.name
        assert {told for pair in page.keys for told in pair} <= texts, route.name
        common = [action.shortcut for action in (*page.offers, *actions.everywhere()) if action.shortcut]
        assert len(common) == len(set(common)), route.name  # no key does two things


def test_keys_that_are_no_actions_are_told_by_their_page() -> None:
    """Whoever binds a key by hand says so on the sheet: here are the places, and the page that tells of them."""
    told = {"sync/page.py", "sync/difference.py", "campaigns/touch_bar.py"}
    common = {
        "shell/commands.py",
        "kit/document_view.py",
        "relations/tab.py",
    }  # find, print, save, Delete
    ui = Path(commands.__file__).parents[1]
    bound = {
        path.relative_to(ui).as_posix()
        for path in ui.rglob("*.py")
        if re.search(r"QShortcut\(|setShortcut\(", path.read_text("utf-8"))
    }
    assert bound == told | common
    assert all(routes.route(place.partition("/")[0]).load().keys for place in told)
