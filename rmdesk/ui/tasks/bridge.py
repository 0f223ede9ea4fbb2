"""The way back to the main thread: a queue of closures, and a pipe that wakes the event loop.

No signal of Qt: whoever emits one from another thread has PySide look a class up without Python's lock (docs/adr/0042).
"""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Callable
from queue import Empty, SimpleQueue

from PySide6.QtCore import QObject, QSocketNotifier


class Bridge(QObject):
    """Lives in the main thread; `send` may be called from any."""

    def __init__(self) -> None:
        super().__init__()
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        heard, self._ring, self._take, close = _bell()
        self._listening = QSocketNotifier(heard, QSocketNotifier.Type.Read, self)
        self._listening.activated.connect(self._run)
        weakref.finalize(self, close).atexit = False  # a thread may ring to the end

    def send(self, call: Callable[[], None]) -> None:
        """Run this on the main thread, soon and in order, each in a turn of the event loop for itself."""
        self._calls.put(call)
        self._ring()

    def _run(self, *_heard: object) -> None:
        self._take()
        try:
            call = self._calls.get_nowait()
        except Empty:
            return
        try:
            call()
        except Exception:
            sys.excepthook(*sys.exc_info())


def _bell() -> tuple[int, Callable[[], object], Callable[[], object], Callable[[], None]]:
    """Where it is heard; how to ring it once, to take one ring away, and to put it away."""
    if sys.platform == "win32":  # whose event loop listens to sockets alone
        import socket

        ear, hand = socket.socketpair()

        def close() -> None:
            ear.close()
            hand.close()

        return ear.fileno(), lambda: hand.send(b"\0"), lambda: ear.recv(1), close
    read, write = os.pipe()

    def shut() -> None:
        os.close(read)
        os.close(write)

    return read, lambda: os.write(write, b"\0"), lambda: os.read(read, 1), shut
