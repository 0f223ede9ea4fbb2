"""Case 18 on the screen: the desk is shut until it has synchronised, and opens by itself then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.services.store.store import Store
from rmdesk.services.sync import leasing, state
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.leased import Leased
from tests.services.sync.test_lease import START, Time, follow, keep, word
from tests.services.sync.test_lease import time as time
from tests.support import build, team
from tests.ui.robot import settle


@pytest.fixture
def leased(qtbot: QtBot, desk: WindowDesk, store: Store, time: Time) -> Iterator[Leased]:
    team.join(store)
    follow(store)
    keep(store, word(START))
    made = Leased(desk)
    made.began()
    yield made
    made.ended()


def test_case_18_shut_until_synchronised(
    qtbot: QtBot, desk: WindowDesk, store: Store, leased: Leased, time: Time
) -> None:
    settle(qtbot, desk)
    assert leased.gate is None
    time.at = START + timedelta(days=8)
    with qtbot.waitSignal(leased.over):  # the desk is locked, and unlocked again
        leased.look()
    leased.ended()
    leased.began()
    qtbot.waitUntil(lambda: leased.gate is not None)
    gate = leased.gate
    assert gate is not None
    assert desk.window.gated
    assert desk.window.page() is None
    with qtbot.waitSignal(desk.sync_wanted):
        gate.sync.click()
    build.perform(store, lambda unit: state.put(unit, "reached", {"error": "hub_unreachable"}))
    leased.look()
    qtbot.waitUntil(lambda: not gate.error.isHidden())
    build.perform(store, lambda unit: leasing.keep(unit, word(time.at)))
    with qtbot.waitSignal(leased.free):
        leased.look()
    assert not desk.window.gated
    assert leased.gate is None


def test_time_is_noted_while_the_desk_is_open(
    qtbot: QtBot, desk: WindowDesk, store: Store, leased: Leased, time: Time
) -> None:
    settle(qtbot, desk)
    time.at = START + timedelta(hours=3)
    leased.look()
    qtbot.waitUntil(lambda: store.read(lambda reads: state.get(reads, "time"))["mark"] == time.at.isoformat())
    time.at = START - timedelta(days=1)
    with qtbot.waitSignal(leased.over):
        leased.look()


def test_a_desk_without_a_hub_is_never_shut(qtbot: QtBot, desk: WindowDesk) -> None:
    made = Leased(desk)
    made.began()
    settle(qtbot, desk)
    assert made.gate is None
    assert not made._minute.isActive()
    made.ended()


def test_case_17_a_wiped_desk_shows_nothing_and_says_why(
    qtbot: QtBot, desk: WindowDesk, store: Store, leased: Leased
) -> None:
    from rmdesk.services.sync.wiping import WipedHere

    def ordered() -> None:
        raise WipedHere("The bank had all data on this computer removed.", code="wiped")

    settle(qtbot, desk)
    with qtbot.waitSignal(leased.wiped) as told:
        task = desk.tasks.call(ordered)
        desk.show_round(task)
    assert told.args[0].code == "wiped"
