"""Imports the pages that were not looked at yet, so that the first visit to one holds nothing up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.shell.forms import FORMS
from rmdesk.ui.shell.routes import ROUTES
from rmdesk.ui.tasks import classes
from rmdesk.ui.tasks.runner import Tasks

QUIET_MS = 1500  # the first page is there by then
BREATH_MS = 100  # between two pages, and while anything else runs


class Ahead(QObject):
    """Makes the classes of Qt, then imports one page after the other on a thread, whenever nothing else is to be done.

    First comes the list under the field that searches, after the pages what they name, and forms. From `made` on,
    threads may import anything.
    """

    made = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._left: list[Callable[[], Any]] = [_search, *(route.load for route in ROUTES), *FORMS.values()]
        self._classes = Slices(self)
        self._rested = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._rested.timeout.connect(lambda: self._classes.begin(chain(classes.others(), [self._all_made])))
        self._rested.start()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._next)

    @property
    def done(self) -> bool:
        """Whether all pages were imported."""
        return not self._left

    def stop(self) -> None:
        """Import no more."""
        self._rested.stop()
        self._classes.stop()
        self._soon.stop()
        self._left.clear()

    def _all_made(self) -> None:
        self._soon.start(BREATH_MS)
        self.made.emit()

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


def _search() -> None:
    import rmdesk.ui.shell.search  # noqa: F401
