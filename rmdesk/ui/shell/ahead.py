"""Imports what was not looked at yet, so that the first visit to a page holds nothing up."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.shell import routes
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.imports import in_order
from rmdesk.ui.tasks import classes

QUIET_MS = 1500  # the first page is there by then
BREATH_MS = 100  # between two pages, and while anything else runs


class Ahead(QObject):
    """PySide's classes first; then, whenever nothing else is to be done, one page, tab or form after the other."""

    def __init__(self, desk: WindowDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._left = list(in_order())
        self._classes = Slices(self)
        self._soon = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._soon.timeout.connect(self._begin)
        self._soon.start()

    @property
    def done(self) -> bool:
        """Whether all was imported."""
        return not self._left and not self._desk.imports.busy

    def stop(self) -> None:
        """Import no more."""
        self._soon.stop()
        self._classes.stop()
        self._left.clear()

    def _begin(self) -> None:
        self._soon.timeout.disconnect(self._begin)
        self._soon.timeout.connect(self._next)
        self._classes.begin((*classes.others(), self._soon.start))

    def _next(self) -> None:
        if self._left and not self._desk.tasks.running and not self._desk.imports.busy:
            what = self._left.pop(0)
            self._desk.imports.begin(what, partial(self._read, what))
        if self._left:
            self._soon.start(BREATH_MS)

    def _read(self, what: str) -> None:
        """What a page wants read beforehand, besides its modules."""
        kind, _space, name = what.partition(" ")
        if kind == "page":
            for read in routes.route(name).load().ahead:
                self._desk.tasks.call(read)
