"""Garbage collection in the main thread only: collecting Qt objects on a worker crashes the process."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000
# A collection takes as long as there are objects made since the last: some 3 ms for this many, 20 ms after a page's
# modules were imported. What takes longer waits until nobody is at the desk, unless it has become far too many.
LITTLE, FAR_TOO_MANY = 10_000, 1_000_000
OLDEST_EVERY = 120  # the oldest generation is looked at only now and then, and only when nobody is at the desk


class Tidy(QObject):
    """Turns automatic collection off while it lives, and collects on a timer; `quiet` tells whether nobody waits."""

    def __init__(self, parent: QObject | None = None, quiet: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._beats = 0
        gc.disable()
        gc.freeze()  # modules and classes stay for good: looking at them again and again would cost frames
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """One beat: the young generations, and every two minutes the oldest."""
        self._beats += 1
        count, quiet = gc.get_count()[0], self._quiet()
        if quiet and self._beats >= OLDEST_EVERY:
            self._beats = 0
            gc.collect(2)
        elif quiet or not LITTLE < count < FAR_TOO_MANY:
            gc.collect(1)

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
