"""A piece of work on its way, as the main thread sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject

from rmdesk.base.progress import Stoppable

T = TypeVar("T")


class Hook(Generic[T]):
    """What to call when something has come about; connecting late calls at once."""

    def __init__(self) -> None:
        self._calls: list[Callable[[T], object]] = []
        self._came: tuple[T] | None = None

    def __bool__(self) -> bool:
        return bool(self._calls)

    def connect(self, call: Callable[[T], object]) -> None:
        """Call this with the result, on the main thread."""
        self._calls.append(call)
        if self._came is not None:
            call(self._came[0])

    def tell(self, what: T) -> None:
        """It has come about."""
        self._came = (what,)
        for call in list(self._calls):
            call(what)


class Watched(Stoppable):
    """Progress that the status line looks at whenever it repaints."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: tuple[int, int, str] = (0, 0, "")

    def show(self, done: int, total: int, text: str) -> None:
        self.seen = (done, total, text)

    @property
    def stopped(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()


class Task(Generic[T]):
    """Work that runs on another thread. Its hooks are called on the main thread.

    `done` gets the result; `failed` gets the exception, and where nobody listens the error goes through the one
    door; `ended` is told in any case, with the task, also when the result was dropped.
    """

    def __init__(self, label: str = "", *, writes: bool = False, owner: QObject | None = None) -> None:
        self.label = label
        self.writes = writes
        self.owner = owner  # when it is deleted, the result is forgotten
        self.done: Hook[T] = Hook()
        self.failed: Hook[BaseException] = Hook()
        self.ended: Hook[Task[Any]] = Hook()
        self.progress = Watched()
        self.over = False
        self.dropped = False
        self.interrupt: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Stop as soon as may be; nothing of it is kept, and no hook but `ended` is told."""
        if self.over:
            return
        self.drop()
        self.progress.stop()
        if self.interrupt is not None:
            self.interrupt()

    def drop(self) -> None:
        """Let it run, but forget its result: something newer has taken its place."""
        self.dropped = True
