"""The reminder of the day's occasions: once a day, numbers only, nothing while locked or switched off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.base import clock
from rmdesk.services.occasions.settings import REMIND
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.reminder import Reminder
from tests.conftest import TODAY
from tests.services.occasions import arrange


@pytest.fixture
def told() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def reminder(desk: WindowDesk, told: list[tuple[str, str]]) -> Reminder:
    def tell(title: str, text: str) -> bool:
        told.append((title, text))
        return True

    return Reminder(desk, tell)


def look(qtbot: QtBot, desk: WindowDesk, reminder: Reminder) -> None:
    reminder.look()
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_once_a_day_and_without_a_name(
    qtbot: QtBot, desk: WindowDesk, store: Store, reminder: Reminder, told: list[tuple[str, str]]
) -> None:
    for name in ("周文敏", "吴芳"):
        arrange.client(store, name=name, birth_date="1966-11-21", opened_on=TODAY.replace(year=2016))
    look(qtbot, desk, reminder)
    look(qtbot, desk, reminder)
    assert told == [("Occasions", "2 birthdays today, 2 other occasions")]
    clock.fix(TODAY + timedelta(days=1))
    arrange.client(store, birth_date="1970-11-22")
    look(qtbot, desk, reminder)
    assert told[1:] == [("Occasions", "1 birthday today")]


def test_a_day_without_occasions_says_nothing(
    qtbot: QtBot, desk: WindowDesk, reminder: Reminder, told: list[tuple[str, str]]
) -> None:
    look(qtbot, desk, reminder)
    assert told == []


def test_it_can_be_switched_off(
    qtbot: QtBot, desk: WindowDesk, store: Store, reminder: Reminder, told: list[tuple[str, str]]
) -> None:
    arrange.client(store, birth_date="1966-11-21")
    store.perform(ChangeSetting(REMIND.key, False))
    look(qtbot, desk, reminder)
    assert told == []


def test_while_locked_nothing_is_asked(desk: WindowDesk, reminder: Reminder, told: list[tuple[str, str]]) -> None:
    store, desk.tasks.store = desk.tasks.store, None
    reminder.look()
    assert not desk.tasks.running
    desk.tasks.store = store
    assert told == []


def test_without_a_tray_it_is_tried_again(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    arrange.client(store, birth_date="1966-11-21")
    tried: list[str] = []

    def fail(title: str, text: str) -> bool:
        tried.append(text)
        return False

    reminder = Reminder(desk, fail)
    look(qtbot, desk, reminder)
    look(qtbot, desk, reminder)
    assert len(tried) == 2
    reminder.stop()
