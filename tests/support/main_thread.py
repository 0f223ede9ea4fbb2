"""What no test, and no program, may do: import a module of the window on another thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec


class OnTheMainThread(MetaPathFinder):
    """Refuses to import what makes classes of Qt on another thread: the program could crash of it."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        if name.startswith(("rmdesk.ui.", "PySide6.")) and threading.current_thread() is not threading.main_thread():
            raise AssertionError(f"{name} is imported on the thread {threading.current_thread().name}")
        return None


def watch_imports() -> None:
    """From now on."""
    sys.meta_path.insert(0, OnTheMainThread())
