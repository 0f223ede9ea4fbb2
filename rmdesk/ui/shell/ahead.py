"""Imports the pages that were not looked at yet, so that the first visit to one holds nothing up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.shell.forms import FORMS
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.tasks.runner import Tasks

QUIET_MS = 1500  # the first page is there by then
BREATH_MS = 100  # between two pages, and while anything else runs


class Ahead(QObject):
    """Classes first; then one page after the other, on a thread, whenever nothing else is to be done; then what they
    name, and forms.
    """

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._left: list[Callable[[], Any]] = [*(route.load for route in ROUTES), *FORMS.values()]
        self._classes: Slices | None = None
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
        if self._classes is not None:
            self._classes.stop()

    def _next(self) -> None:
        if self._classes is None:
            self._classes = Slices(self)
            self._classes.begin(_classes())
        elif self._left and not self._tasks.running and not self._classes.busy:
            self._tasks.call(self._left.pop(0)).done.connect(self._more)
        if self._left:
            self._soon.start(BREATH_MS)

    def _more(self, loaded: Any) -> None:
        """What a page wants imported after itself, such as the tabs in it."""
        further = getattr(loaded, "ahead", ())
        if further:
            self._left += further
            self._soon.start(BREATH_MS)


def _classes() -> Iterator[Callable[[], object]]:
    """Let PySide make all its classes: it makes each when it is first asked for.

    Here, before any page is imported, and not on a thread: it does not expect that two want the same class at a time.
    """
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            yield partial(getattr, module, name, None)
