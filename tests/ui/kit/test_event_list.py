"""The timeline: painted entries that are reached by keys, read aloud, copied and opened; thousands of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from rmdesk.base.text import phrase
from rmdesk.services.events import Event, EventKind
from rmdesk.ui.kit.event_list import LINES, EventList

DAY = date(2026, 11, 21)


def event(at: int, text: str = "spoke of tea", *, entity: str = "visit") -> Event:
    return Event(DAY - timedelta(days=at), EventKind.CONTACT, phrase("Call"), text, entity=entity, entity_id=f"key{at}")


@pytest.fixture
def view(qtbot: QtBot) -> EventList:
    made = EventList()
    qtbot.addWidget(made)
    made.resize(520, 400)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def height(view: EventList, row: int) -> int:
    return view.visualRect(view.model().index(row, 0)).height()


def test_keys_go_through_the_entries_and_enter_opens_one(view: EventList, qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(view.model())
    view.show_events([event(at) for at in range(3)])
    opened = QSignalSpy(view.opened)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.at(0) == ["visit", "key1"]
    assert tester.model() is view.model()


def test_a_double_click_opens_what_can_be_opened(view: EventList, qtbot: QtBot) -> None:
    view.show_events([event(0, entity=""), event(1)])
    opened = QSignalSpy(view.opened)
    for row in (0, 1):
        place = view.visualRect(view.model().index(row, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [opened.at(at) for at in range(opened.count())] == [["visit", "key1"]]


def test_selected_entries_are_copied_as_lines(view: EventList, qtbot: QtBot) -> None:
    view.show_events([event(at, f"word\n{at}") for at in range(3)])
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "2026-11-21\tCall\tword 0\n2026-11-20\tCall\tword 1"


def test_an_entry_is_read_aloud_with_its_day(view: EventList) -> None:
    view.show_events([event(0)])
    assert view.accessibleName() == "Timeline"
    spoken = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "2026-11-21 Call: spoke of tea"


def test_a_long_text_takes_lines_but_only_so_many(view: EventList) -> None:
    view.show_events([event(0, "tea"), event(1, "tea " * 60), event(2, "茶" * 1_000_000)])
    assert height(view, 0) < height(view, 1) <= height(view, 2)
    assert height(view, 2) < (LINES + 2) * height(view, 0)


def test_lines_follow_the_width(view: EventList, qtbot: QtBot) -> None:
    view.show_events([event(0, "tea and more " * 6)])
    before = height(view, 0)
    view.resize(260, 400)
    qtbot.waitUntil(lambda: height(view, 0) > before)


def test_the_last_of_thousands_is_reached(view: EventList, qtbot: QtBot) -> None:
    view.show_events([event(at) for at in range(5000)])
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 4999
    qtbot.waitUntil(lambda: view.viewport().rect().intersects(view.visualRect(view.currentIndex())))


def test_the_current_entry_stays_when_a_new_one_comes(view: EventList, qtbot: QtBot) -> None:
    view.show_events([event(at) for at in range(1, 4)])
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    view.show_events([event(0), *(event(at, "told anew") for at in range(1, 4))])
    assert view.currentIndex().row() == 2
    view.grab()
