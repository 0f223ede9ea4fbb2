"""One thread that does one job after another, with a reading connection of its own."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from rmdesk.base import log
from rmdesk.base.errors import Cancelled, Known

if TYPE_CHECKING:
    from rmdesk.services.store.reads import Reader
    from rmdesk.services.store.store import Store


Job = Callable[[], None]
LONG_S = 0.2  # a job that took longer has used much memory
MMAP_THRESHOLD, LARGE = -3, 1 << 19  # the name and the number that `mallopt` wants
REST_S = 20  # after this long without a job, what was read is not being looked at any more
PAUSE_S = 1  # after this long without a job, what a long one needed is given back
KEPT_KIB = 2048  # pages of the file that stay in memory: those of a page or two of the window


class Lane:
    """Starts its thread with the first job; `stop` ends it after the last.

    In a pause after a long job, and when nothing came for a while, freed memory goes back to the system, and so do the
    pages of the file: all of them in a lane that `sheds`, as what it reads is not read again soon, else all but the
    last ones. Never right after a job: for each piece that is given back the processor of the main thread forgets
    where its memory is, and what it paints then, the answer of that job, takes four times as long.
    """

    def __init__(self, name: str, *, sheds: bool = False) -> None:
        self.name = name
        self._sheds = sheds
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._reader: Reader | None = None
        self._reads_for: object = None
        self._guard = threading.Lock()

    def put(self, job: Job) -> None:
        """Do this after what already waits. A job tells its own errors; what it still raises is only noted."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=f"rmdesk-{self.name}", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def reader(self, store: Store) -> Reader:
        """The lane's reader of the open store; only called from a job of this lane."""
        if self._reader is None:
            self._reader = store.reader()
        return self._reader

    @contextmanager
    def reading_for(self, whom: object) -> Iterator[None]:
        """While this lasts, `interrupt(whom)` stops the statement that runs."""
        with self._guard:
            self._reads_for = whom
        try:
            yield
        finally:
            with self._guard:
                self._reads_for = None

    def interrupt(self, whom: object) -> None:
        """Stop the statement that reads just now, if it reads for `whom`; called from the main thread."""
        with self._guard:
            if self._reader is not None and self._reads_for is whom:
                self._reader.interrupt()

    def close_reader(self) -> None:
        """Give the reader back; only called from a job of this lane."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def ending(self) -> threading.Event:
        """Give the reader back after what waits; the event tells when that is done."""
        done = threading.Event()

        def end() -> None:
            try:
                self.close_reader()
            finally:
                done.set()

        self.put(end)
        return done

    @property
    def running(self) -> bool:
        """Whether the thread was ever needed."""
        return self._thread is not None

    def stop(self, seconds: float = 10) -> None:
        """End the thread after what waits, and wait for it."""
        if self._thread is not None:
            self._jobs.put(self.close_reader)
            self._jobs.put(None)
            self._thread.join(seconds)
            self._thread = None

    def _run(self) -> None:
        give_back_large()
        rest: float | None = None  # until memory is given back, when it is to be
        while True:
            try:
                job = self._jobs.get(timeout=rest)
            except Empty:
                self._shed()
                rest = None
                continue
            if job is None:
                return
            began = time.monotonic()
            try:
                job()
            except Exception as error:  # the next job is done all the same
                log.logger("tasks").error("lane %s: %s", self.name, type(error).__name__)
            del job  # a waiting lane keeps nothing of the last job alive
            long = time.monotonic() - began > LONG_S or rest == PAUSE_S
            rest = PAUSE_S if long else REST_S

    def _shed(self) -> None:
        """Give back what jobs needed and nobody needs after them. Whatever fails here, the next job is still done."""
        if self._reader is not None:
            try:
                self._reader.shrink(0 if self._sheds else KEPT_KIB)
            except (Known, Cancelled):
                pass  # the next job says so where somebody waits for it
            except Exception as error:
                log.logger("tasks").error("lane %s: memory not given back: %s", self.name, type(error).__name__)
        trim()


def give_back_large() -> None:
    """Let large pieces of memory go back to the system as soon as they are freed, where the C library can be told.

    By itself glibc keeps pieces of up to 32 MB for later once it has seen one freed: 30 MB at 100,000 clients.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)


def trim() -> None:
    """Give freed memory back to the system, where the C library can; it comes back as zeroes."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # other C libraries than glibc keep less
            ctypes.CDLL(None).malloc_trim(0)
