"""Garbage is collected in the main thread, by a timer, and by Python itself only afterwards."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from pytestqt.qtbot import QtBot

from rmdesk.ui.tasks.tidy import Tidy


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
