"""What Today computed is kept when nothing else is to do; what was recalled is computed again."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.services.care import kept
from rmdesk.services.care.commands import MarkDone
from rmdesk.services.store.store import Store
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.today import keeper
from tests.ui.today.robot import TodayRobot


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "QUIET_MS", 10)


def recalled(store: Store) -> bool:
    return store.read(kept.care_day).recalled and store.read(kept.warnings).recalled


def test_what_was_computed_is_kept_for_the_next_start(desk: WindowDesk, store: Store, qtbot: QtBot) -> None:
    today = TodayRobot(qtbot, desk)
    qtbot.waitUntil(lambda: recalled(store))
    desk.perform(MarkDone(today.items()[0].client))
    qtbot.waitUntil(lambda: not desk.tasks.running and today.page.day is not None and today.page.day.done == 1)
    qtbot.waitUntil(lambda: recalled(store))
    assert store.read(kept.care_day).value == today.page.day


def test_what_was_recalled_is_computed_again(
    desk: WindowDesk, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for known in (store.read(kept.care_day), store.read(kept.warnings)):
        kept.keep(store, known)
    asked: list[bool] = []
    computed = kept._known

    def known_as(reads: object, name: str, anew: bool, made: object) -> object:
        asked.append(anew)
        return computed(reads, name, anew, made)  # type: ignore[arg-type]

    monkeypatch.setattr(kept, "_known", known_as)
    today = TodayRobot(qtbot, desk)
    shown = today.page.day
    qtbot.waitUntil(lambda: asked.count(True) == 2 and not desk.tasks.running)
    assert asked.count(False) == 2
    assert today.page.day is shown  # it was the same: nothing was shown anew
