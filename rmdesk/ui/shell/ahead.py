"""Imports the pages that were not looked at yet, so that the first visit to one holds nothing up."""

from __future__ import annotations

import sys
import time
from typing import Any

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

from rmdesk.ui.shell.forms import FORMS
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.tasks.runner import SWITCH_S, Tasks

QUIET_MS = 1500  # the first page is there by then
BREATH_MS = 100  # between two pages, and while anything else runs
UNDISTURBED_S = 1.0  # longer than any class takes


class Ahead(QObject):
    """One page after the other, on a thread, whenever nothing else is to be done; then what they name, and forms."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._left = [_widgets, *(route.load for route in ROUTES), *FORMS.values()]
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
            self._tasks.call(self._left.pop(0)).done.connect(self._more)
        if self._left:
            self._soon.start(BREATH_MS)

    def _more(self, loaded: Any) -> None:
        """What a page wants imported after itself, such as the tabs in it."""
        further = getattr(loaded, "ahead", ())
        if further:
            self._left += further
            self._soon.start(BREATH_MS)


def _widgets() -> None:
    """Let PySide make all its classes: it does so by and by, a dozen milliseconds at a time, while one waits.

    Each is made undisturbed: PySide does not expect that another thread wants the same class meanwhile.
    """
    for module in (QtGui, QtWidgets):
        for name in dir(module):
            sys.setswitchinterval(UNDISTURBED_S)
            try:
                getattr(module, name)
            finally:
                sys.setswitchinterval(SWITCH_S)
            time.sleep(0)
