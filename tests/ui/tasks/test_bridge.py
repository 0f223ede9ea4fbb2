"""What comes over the bridge runs on the main thread, in order, one in each turn; nothing is lost or left open."""

from __future__ import annotations

import gc
import sys
import threading
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from rmdesk.ui.tasks.bridge import Bridge


def test_all_come_from_two_threads_each_in_its_order(qtbot: QtBot) -> None:
    bridge, told, here = Bridge(), list[tuple[str, int, bool]](), threading.get_ident()

    def send(who: str) -> None:
        for number in range(500):
            bridge.send(lambda number=number: told.append((who, number, threading.get_ident() == here)))  # type: ignore[misc]

    threads = [threading.Thread(target=send, args=(who,)) for who in "ab"]
    for thread in threads:
        thread.start()
    qtbot.waitUntil(lambda: len(told) == 1000)
    for who in "ab":
        assert [one for one in told if one[0] == who] == [(who, number, True) for number in range(500)]


def test_each_has_a_turn_for_itself(qtbot: QtBot) -> None:
    bridge, told = Bridge(), list[str]()
    beats = QTimer(interval=0)
    beats.timeout.connect(lambda: told.append("beat"))
    beats.start()
    for _call in range(3):
        bridge.send(lambda: told.append("call"))
    qtbot.waitUntil(lambda: told.count("call") == 3)
    beats.stop()
    assert "call call" not in " ".join(told)


def test_one_that_fails_is_told_and_keeps_nothing_back(qtbot: QtBot) -> None:
    bridge, told = Bridge(), list[str]()
    with patch.object(sys, "excepthook", lambda kind, _error, _trace: told.append(kind.__name__)):
        bridge.send(lambda: 1 / 0)  # type: ignore[arg-type, return-value]
        bridge.send(lambda: told.append("after"))
        qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["ZeroDivisionError", "after"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts what is open as Linux tells it")
def test_nothing_stays_open_when_it_is_gone(qtbot: QtBot) -> None:
    gc.collect()
    before = len(list(Path("/proc/self/fd").iterdir()))
    bridge = Bridge()
    assert len(list(Path("/proc/self/fd").iterdir())) == before + 2
    del bridge
    gc.collect()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
