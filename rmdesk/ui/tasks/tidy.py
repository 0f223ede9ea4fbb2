"""Garbage collection in the main thread only: collecting Qt objects on a worker crashes the process."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from rmdesk.ui.tasks.lane import trim

EVERY_MS = 1000
# A collection takes as long as there are objects made since the last: some 3 ms for this many, 20 ms after a page's
# modules were imported or a worker has made the rows of a large portfolio.
LITTLE = 10_000
OLDEST_EVERY = 120  # beats; all objects are looked at only now and then, and only when nobody is at the desk


def sweep() -> None:
    """Look at all objects now, and give freed memory back to the system: the desk was locked, nobody waits."""
    if gc.isenabled():
        gc.collect()
    else:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
    trim()


class Tidy(QObject):
    """Turns automatic collection off while it lives, and collects on a timer; `quiet` tells whether nobody waits.

    With somebody at the desk, objects too many to look at between two frames are put aside unseen (`gc.freeze` only
    joins lists), so that what comes after them is collected as ever; the first quiet beat looks at all of them.
    """

    def __init__(self, parent: QObject | None = None, quiet: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._beats = 0
        self._aside = False  # objects were put aside
        gc.disable()
        gc.freeze()  # modules and classes stay for good: looking at them again and again would cost frames
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """One beat: what was made since the last; all there is, when nobody waits and it is time."""
        self._beats += 1
        if self._quiet():
            if self._aside or self._beats >= OLDEST_EVERY:
                self._beats, self._aside = 0, False
                gc.unfreeze()
                gc.collect()
                gc.freeze()
            else:
                gc.collect(1)
        elif gc.get_count()[0] > LITTLE:
            self._aside = True
            gc.freeze()
        else:
            gc.collect(1)

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
