"""Keeps what Today had to compute for the next start, and looks again at what was kept, once nothing else is to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from rmdesk.services.care import kept
from rmdesk.services.care.kept import Known
from rmdesk.ui.tasks.runner import Tasks

QUIET_MS = 2000


class Keeper(QObject):
    """`ask` asks for everything anew; what is recalled is exact, but the numbers behind it are wanted soon."""

    def __init__(self, tasks: Tasks, ask: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._ask = ask
        self._new: dict[str, Known[Any]] = {}
        self._recalled = False
        self._soon = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._soon.timeout.connect(self._now)

    def note(self, known: Known[Any]) -> None:
        """This is shown now."""
        self._recalled = self._recalled or known.recalled
        if not known.recalled:
            self._new[known.name] = known
        self._soon.start()

    def _now(self) -> None:
        if self._tasks.store is None:
            self._new.clear()
        elif self._tasks.running:
            self._soon.start()
        elif self._recalled:
            self._recalled = False
            self._ask()
        else:
            for known in self._new.values():
                self._tasks.write(partial(_keep, self._tasks.store, known))
            self._new.clear()


def _keep(store: Any, known: Known[Any], progress: object) -> None:
    kept.keep(store, known)
