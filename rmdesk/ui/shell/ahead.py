"""Imports the pages that were not looked at yet, so that the first visit to one holds nothing up."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.tasks.runner import Tasks

QUIET_MS = 1500  # the first page is there by then
BREATH_MS = 100  # between two pages, and while anything else runs


class Ahead(QObject):
    """One page after the other, on a thread, whenever nothing else is to be done."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._left = [route.load for route in ROUTES]
        self._soon = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._soon.timeout.connect(self._next)
        self._soon.start()

    @property
    def done(self) -> bool:
        """Whether all pages were imported."""
        return not self._left

    def stop(self) -> None:
        """Import no more."""
        self._soon.stop()
        self._left.clear()

    def _next(self) -> None:
        if self._left and not self._tasks.running:
            self._tasks.call(self._left.pop(0))
        if self._left:
            self._soon.start(BREATH_MS)
