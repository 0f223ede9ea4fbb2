"""Work on the main thread in slices: some of it, then whatever waits (keys, paint), then some more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from PySide6.QtCore import QObject, QTimer

SLICE_S = 0.0015  # after this long no further step is begun; what follows a step, layout and paint, has the rest


class Slices(QObject):
    """Does steps in their order, as many at a time as take `slice_s` seconds; each by itself should take no more.

    With a slice of nothing every step has a turn of the event loop for itself. After a step that fails the others are
    done all the same.
    """

    def __init__(self, parent: QObject, slice_s: float = SLICE_S) -> None:
        super().__init__(parent)
        self._slice = slice_s
        self._steps: Iterator[Callable[[], object]] | None = None
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether there is more to do."""
        return self._steps is not None

    def begin(self, steps: Iterable[Callable[[], object]]) -> None:
        """Do these in place of what is left of others; the first ones in the next turn of the event loop."""
        self._steps = iter(steps)
        self._next.start()

    def follow(self, steps: Iterable[Callable[[], object]]) -> None:
        """Do these after what is left of others."""
        self._steps = iter(steps) if self._steps is None else chain(self._steps, steps)
        self._next.start()

    def finish(self) -> None:
        """Do all that is left, now."""
        while self._step():
            pass

    def stop(self) -> None:
        """Do no more."""
        self._next.stop()
        self._steps = None

    def _go_on(self) -> None:
        until = time.perf_counter() + self._slice
        try:
            while self._step():
                if time.perf_counter() >= until:
                    return
        finally:
            if self.busy:
                self._next.start()

    def _step(self) -> bool:
        """Do one; whether there was one."""
        step = next(self._steps, None) if self._steps is not None else None
        if step is None:
            self.stop()
            return False
        step()
        return True
