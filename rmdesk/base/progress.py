"""How long work tells how far it is, and learns that it should stop."""

from __future__ import annotations

from threading import Event
from typing import Protocol

from rmdesk.base.errors import Cancelled


class Progress(Protocol):
    """Given to every long piece of work."""

    def at(self, done: int, total: int, text: str = "") -> None:
        """Tell that `done` of `total` steps are done (total 0: unknown); raises Cancelled when asked to stop."""


class Silent:
    """Progress that nobody watches."""

    def at(self, done: int, total: int, text: str = "") -> None:
        """Does nothing."""


class Stoppable:
    """Progress that another thread can stop; subclasses say where `at` is shown."""

    def __init__(self) -> None:
        self._stop = Event()

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def at(self, done: int, total: int, text: str = "") -> None:
        if self._stop.is_set():
            raise Cancelled
        self.show(done, total, text)

    def show(self, done: int, total: int, text: str) -> None:
        """Bring the figures to where they are seen; called on the thread of the work."""
