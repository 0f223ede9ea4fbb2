"""Garbage is collected in the main thread, by a timer, and by Python itself only afterwards."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from pytestqt.qtbot import QtBot

from rmdesk.ui.tasks.tidy import LITTLE, OLDEST_EVERY, Tidy


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


def test_much_is_put_aside_until_nobody_is_at_the_desk(qtbot: QtBot) -> None:
    there = True
    tidy = Tidy(quiet=lambda: not there)
    try:
        ring = weakref.ref(Ring())
        many = [[at] for at in range(LITTLE + 1000)]
        aside = gc.get_freeze_count()
        tidy.collect()
        assert ring() is not None
        assert gc.get_freeze_count() > aside + LITTLE
        later = weakref.ref(Ring())
        tidy.collect()
        assert later() is None  # what comes after is collected as ever
        assert ring() is not None
        there = False
        tidy.collect()
        assert ring() is None
        assert many
    finally:
        tidy.stop()


def test_all_is_looked_at_now_and_then_when_nobody_waits(qtbot: QtBot) -> None:
    tidy = Tidy()
    try:
        ring = weakref.ref(Ring())
        gc.freeze()
        for _beat in range(OLDEST_EVERY - 1):
            tidy.collect()
        assert ring() is not None
        tidy.collect()
        assert ring() is None
        assert gc.get_freeze_count() > 0
    finally:
        tidy.stop()
