"""The way back to the main thread: one signal for the whole life of the program, carrying closures."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Bridge(QObject):
    """Lives in the main thread; `send` may be called from any."""

    _carry = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._carry.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def send(self, call: Callable[[], None]) -> None:
        """Run this on the main thread, soon and in order."""
        self._carry.emit(call)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception:
            sys.excepthook(*sys.exc_info())
