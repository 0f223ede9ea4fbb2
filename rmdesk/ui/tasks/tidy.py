"""Garbage collection in the main thread only: collecting Qt objects on a worker crashes the process."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000
# A young collection is cheap; the oldest generation is looked at only now and then.
OLDEST_EVERY = 120


class Tidy(QObject):
    """Turns automatic collection off while it lives, and collects on a timer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beats = 0
        gc.disable()
        gc.freeze()  # modules and classes stay for good: looking at them again and again would cost frames
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """One beat: the young generations, and every two minutes the oldest."""
        self._beats += 1
        gc.collect(2 if self._beats % OLDEST_EVERY == 0 else 1)

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
