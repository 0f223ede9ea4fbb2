"""How long tests wait, and what no test may do: for conditions, as long as a busy machine needs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec

from pytestqt.qtbot import QtBot

PATIENCE_MS = 30_000


def wait_longer() -> None:
    """Let `waitUntil` and `waitSignal` give up late: how long something takes is not what they test."""
    for wait in (QtBot.waitUntil, QtBot.waitSignal):
        wait.__kwdefaults__["timeout"] = PATIENCE_MS


class OnTheMainThread(MetaPathFinder):
    """Refuses to import what makes classes of Qt on another thread: the program could crash of it."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        if name.startswith(("rmdesk.ui.", "PySide6.")) and threading.current_thread() is not threading.main_thread():
            raise AssertionError(f"{name} is imported on the thread {threading.current_thread().name}")
        return None


def watch_imports() -> None:
    """From now on."""
    sys.meta_path.insert(0, OnTheMainThread())
