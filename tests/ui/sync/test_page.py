"""The Sync page by real events: choosing versions with keys and mouse, writing anew, undo, empty states."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from rmdesk.models.clients import Client
from rmdesk.models.kinds import Channel, RecordId
from rmdesk.models.sync import SyncClient
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details as Person
from rmdesk.services.store.store import Store
from rmdesk.services.sync import queries
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.sync.page import DIFFERENCES, HUB, LATE, REFUSED, SyncPage
from tests.conftest import TODAY
from tests.support import build, team

NOW, OTHER = "谈留学，需换汇 80 万美元", "谈留学，需换汇 60 万美元"


class Robot:
    """Opens the page and waits until it rests."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
        self.qtbot, self.desk, self.store = qtbot, desk, store
        desk.window.activateWindow()

    def open(self, **what: Any) -> SyncPage:
        self.desk.go("sync", **what)
        self.settle()
        page = self.desk.window.page()
        assert isinstance(page, SyncPage)
        return page

    def settle(self) -> None:
        self.qtbot.wait(1)
        self.qtbot.waitUntil(
            lambda: not self.desk.tasks.running and not getattr(self.desk.window.page(), "stale", False)
        )

    def press(self, key: Qt.Key, page: SyncPage) -> None:
        page.list.setFocus()
        self.qtbot.waitUntil(page.list.hasFocus)
        self.qtbot.keyClick(page.list, key)
        self.settle()

    def value(self, sql: str) -> Any:
        return self.store.read(lambda reads: reads.value(sql))

    def dialog(self) -> QDialog:
        found: list[QDialog] = []

        def look() -> bool:
            found[:] = [one for one in self.desk.window.findChildren(QDialog) if one.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(look)
        return found[0]


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk, store: Store) -> Iterator[Robot]:
    yield Robot(qtbot, desk, store)
    desk.drop_pages()


@pytest.fixture
def visits(store: Store) -> list[RecordId]:
    client = store.perform(AddProspect(Person("周文敏"))).result
    made = [store.perform(LogVisit(Entry(client, Channel.PHONE, NOW, on=TODAY))).result for _ in range(3)]
    team.join(store)

    def plant(work: Any) -> None:
        for visit in made:
            team.told(work, "visit", visit, client)
        team.differ(work, "visit", made[0], "content", OTHER)
        team.differ(work, "visit", made[1], "content", OTHER)
        work.bulk("UPDATE visit SET place = '网点' WHERE id = ?", (made[2],), topics=())
        team.refuse(work, "visit", made[2], "locked")
        kept = [{"field": "content", "value": "重启前的另一版", "by": team.WANG}]
        work.bulk("UPDATE sync_record SET offers = ? WHERE entity_id = ?", (json.dumps(kept), made[2]), topics=())
        team.late(work, client, "visit", made[2], content="补到的内容，很长的一段话")

    build.perform(store, plant)
    return made


def button(page: SyncPage, name: str) -> Callable[[], list[QPushButton]]:
    return lambda: [one for one in page.findChildren(Button) if one.accessibleName() == name and one.isVisible()]


def test_without_a_hub_the_page_says_so_and_offers_to_join(robot: Robot) -> None:
    page = robot.open()
    assert page.showing_notice
    robot.qtbot.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    assert robot.dialog().windowTitle() == "Join a team hub"
    robot.dialog().reject()


def test_a_key_lets_a_version_hold_and_the_next_is_shown(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open()
    assert page.tabs[DIFFERENCES].text() == "Differences 2"
    first = page.detail.shown
    assert first is not None
    robot.press(Qt.Key.Key_2, page)
    assert robot.value(f"SELECT content FROM visit WHERE id = '{first.entity_id}'") == OTHER
    assert page.tabs[DIFFERENCES].text() == "Differences 1"
    assert page.detail.shown is not None
    assert page.detail.shown.entity_id != first.entity_id
    robot.press(Qt.Key.Key_1, page)
    assert robot.value("SELECT count(*) FROM visit WHERE content = '" + NOW + "'") == 2
    assert page.tabs[DIFFERENCES].text() == "Differences"
    assert robot.store.read(queries.differences) == ()
    robot.desk.undo()
    robot.settle()
    assert page.tabs[DIFFERENCES].text() == "Differences 1"


def test_a_button_does_the_same(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open()
    robot.qtbot.waitUntil(lambda: len(button(page, "Use this")()) == 1)
    (use,) = button(page, "Use this")()
    robot.qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    robot.settle()
    assert robot.value(f"SELECT count(*) FROM visit WHERE content = '{OTHER}'") == 1


def test_arrows_go_through_the_list(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open()
    before = page.detail.shown
    robot.press(Qt.Key.Key_Down, page)
    assert page.detail.shown != before
    assert page.list.currentIndex().row() == 1


def test_a_text_of_ones_own_is_written_and_survives_a_reload(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open()
    shown = page.detail.shown
    robot.press(Qt.Key.Key_E, page)
    panel = page.detail.difference
    assert panel.writing
    assert panel.editor.toPlainText() == NOW
    robot.qtbot.keyClicks(panel.editor, "merged")
    robot.qtbot.keyClick(panel.editor, Qt.Key.Key_1)  # a digit is typed, no choice
    assert page.editing
    build.perform(robot.store, lambda work: work.bulk("UPDATE task SET text = text", topics=()))
    page.changed(page.watches)
    robot.qtbot.wait(20)
    assert panel.editor.toPlainText() == "merged1"
    robot.qtbot.keyClick(panel.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    robot.settle()
    assert shown is not None
    assert robot.value(f"SELECT content FROM visit WHERE id = '{shown.entity_id}'") == "merged1"
    assert not page.editing


def test_a_text_of_ones_own_is_kept_over_a_lock_for_the_same_difference_only(
    robot: Robot, visits: list[RecordId]
) -> None:
    page = robot.open()
    robot.press(Qt.Key.Key_E, page)
    panel = page.detail.difference
    panel.editor.setPlainText("merged")
    kept, place = page.half_written(), page.place()
    assert kept is not None
    panel.stop_writing()
    page.open(**place)
    page.write_on({**kept, "of": ["visit", "another", "content"]})
    assert not panel.writing
    page.write_on(kept)
    assert panel.writing
    assert panel.editor.toPlainText() == "merged"
    panel.stop_writing()
    robot.settle()


def test_a_secret_is_refused_beside_the_field(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open()
    robot.press(Qt.Key.Key_E, page)
    panel = page.detail.difference
    panel.editor.setPlainText("客户的密码是 123456")
    panel.keep_written()
    robot.qtbot.waitUntil(lambda: "Passwords" in panel.error.text())
    assert panel.writing
    panel.stop_writing()
    robot.settle()


def test_refused_records_say_why_and_are_sent_once_more(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open(part=REFUSED)
    assert any("Another version of Content, by 王涛" in one.text() for one in page.detail.findChildren(QLabel))
    assert page.detail.shown is not None
    robot.press(Qt.Key.Key_1, page)
    assert robot.value("SELECT count(*) FROM sync_record WHERE state = 'refused'") == 0
    assert page.nothing.isVisible()
    robot.desk.undo()
    robot.settle()
    assert robot.value("SELECT count(*) FROM sync_record WHERE state = 'refused'") == 1


def test_taking_the_teams_version_asks_first(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open(part=REFUSED)
    robot.press(Qt.Key.Key_2, page)
    asked = robot.dialog()
    assert robot.value("SELECT count(*) FROM sync_record WHERE state = 'refused'") == 1
    asked.accept()
    robot.settle()
    assert robot.value("SELECT count(*) FROM sync_record WHERE state = 'refused'") == 0


def test_a_late_entry_is_accepted(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open(part=LATE)
    robot.press(Qt.Key.Key_1, page)
    assert robot.value("SELECT state FROM late_edit") == "accepted"
    robot.desk.undo()
    robot.settle()
    robot.press(Qt.Key.Key_2, page)
    assert robot.value("SELECT state FROM late_edit") == "kept"


def test_the_page_leads_to_a_record_and_to_the_first_part_with_something(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open(entity="visit", key=visits[2])
    assert page.part == REFUSED
    robot.open(part=HUB)
    assert "hub.bank.example" in " ".join(label.text() for label in page.hub.findChildren(type(page.state.said)))


def test_the_record_is_opened(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open()
    page.detail.open_record()
    robot.qtbot.waitUntil(lambda: robot.desk.window.page() is not page)
    robot.qtbot.waitUntil(lambda: not robot.desk.window.page().building and not robot.desk.tasks.running)
    assert robot.desk.window.page().shown == "visits"


def test_differences_of_a_record_are_settled_in_a_dialog(robot: Robot, visits: list[RecordId]) -> None:
    from rmdesk.ui.sync.dialogs import RecordDialog

    build.perform(robot.store, lambda work: team.differ(work, "visit", visits[0], "purpose", "另一目的"))
    robot.desk.ask("difference", entity="visit", key=visits[0])
    dialog = robot.dialog()
    assert isinstance(dialog, RecordDialog)
    assert len(dialog.rows) == 2
    robot.qtbot.mouseClick(dialog.panel.views[1].button, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    with robot.qtbot.waitSignal(dialog.accepted):
        robot.qtbot.mouseClick(dialog.panel.views[1].button, Qt.MouseButton.LeftButton)
    robot.settle()
    assert robot.value(f"SELECT purpose FROM visit WHERE id = '{visits[0]}'") == "另一目的"


def test_no_window_but_the_dialogs_opens(robot: Robot, visits: list[RecordId], windows: list[str]) -> None:
    page = robot.open()
    for name in page.tabs:
        page.show_part(name)
        robot.settle()
    assert windows == []


def test_leaving_says_what_the_team_will_miss(robot: Robot, visits: list[RecordId]) -> None:
    page = robot.open()
    page.join_or_leave()
    asked = robot.dialog()
    assert any("uploaded" in label.text() for label in asked.findChildren(type(page.state.said)))
    asked.accept()
    robot.settle()
    robot.qtbot.waitUntil(lambda: page.showing_notice)
    assert robot.value("SELECT joined FROM sync_control") == 0


def test_clients_of_other_books_are_named_and_removed_after_a_question(robot: Robot) -> None:
    team.join(robot.store)
    build.perform(robot.store, _strange)
    page = robot.open()
    assert page.state.strange.text().startswith("1 client here is in no book of yours")
    robot.qtbot.mouseClick(page.state.part, Qt.MouseButton.LeftButton)
    sure = next(one for one in robot.dialog().findChildren(QPushButton) if one.text() == "Remove")
    robot.qtbot.mouseClick(sure, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(lambda: robot.value("SELECT count(*) FROM client") == 0)
    robot.settle()
    assert not page.state.strange.isVisible()


def _strange(work: Any) -> None:
    """A client of the bank whose book this desk does not follow."""
    work.bulk("UPDATE sync_control SET applying = 1", topics=())
    work.add(Client(id=7, number="0003", name="别人的"))
    work.flush()
    work.add(SyncClient(client_id=7, wire_id="c" * 32))
    work.flush()
    work.bulk("UPDATE sync_control SET applying = 0", topics=())
