"""Garbage is collected in the main thread, by a timer, and by Python itself only afterwards."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from pytestqt.qtbot import QtBot

from rmdesk.ui.tasks.tidy import LITTLE, Tidy


class Ring:
    """Refers to itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.me: Any = self


def test_collects_by_itself_and_gives_the_collector_back(qtbot: QtBot) -> None:
    tidy = Tidy()
    try:
        assert not gc.isenabled()
        ring = weakref.ref(Ring())
        tidy.collect()
        assert ring() is None
    finally:
        tidy.stop()
    assert gc.isenabled()


def test_much_waits_until_nobody_is_at_the_desk(qtbot: QtBot) -> None:
    there = True
    tidy = Tidy(quiet=lambda: not there)
    try:
        ring = weakref.ref(Ring())
        many = [[at] for at in range(LITTLE + 1000)]
        tidy.collect()
        assert ring() is not None
        there = False
        tidy.collect()
        assert ring() is None
        assert many
    finally:
        tidy.stop()
