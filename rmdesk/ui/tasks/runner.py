"""Background work: `fetch` reads, `perform` writes, `study` reads for long, `call` needs no store.

Everything is started from, and tells its hooks on, the main thread. Results for a screen that is gone, or that asked
again meanwhile, are dropped.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from rmdesk.base.errors import Cancelled, Trouble
from rmdesk.base.text import N_
from rmdesk.ui.tasks.bridge import Bridge
from rmdesk.ui.tasks.lane import Lane
from rmdesk.ui.tasks.task import Task

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.store.command import Command, Outcome
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store

P = ParamSpec("P")
T = TypeVar("T")

# Work that ends sooner shows nothing; from here on it has a line and a Cancel.
SLOW_MS = 400
END_S = 10.0  # how long closing waits for what was broken off
# How long a thread may go on in Python when another wants to. The main thread lets go with each call of Qt, a thousand
# times while it paints: with Python's own 5 ms a page opened beside a busy thread took a tenth of a second.
SWITCH_S = 0.0002

Door = Callable[[BaseException, Task[Any]], None]


class Tasks(QObject):
    """The only starter of threads. `slow` tells of a task that takes long, `performed` of each committed command."""

    slow = Signal(object)
    performed = Signal(object)

    def __init__(self, door: Door | None = None) -> None:
        super().__init__()
        self.door: Door = door or _raise
        self.store: Store | None = None
        sys.setswitchinterval(SWITCH_S)
        self._tasks: dict[int, Task[Any]] = {}
        self._numbers = count()
        self._bridge = Bridge()
        self._read = Lane("read")
        self._write = Lane("write")
        self._long = Lane("long", sheds=True)
        self._talk = Lane("talk")

    def fetch(self, query: Callable[Concatenate[Reads, P], T], *args: P.args, **kwargs: P.kwargs) -> Task[T]:
        """Run a query on the reading thread; all it reads is of one moment."""
        return self._reading(self._read, Task(), lambda reads: query(reads, *args, **kwargs))

    def study(self, query: Callable[..., T], *args: Any, label: str = "", **kwargs: Any) -> Task[T]:
        """Run a long query, given `progress=`, on a thread of its own, so that screens stay quick meanwhile."""
        task: Task[T] = Task(label)
        return self._reading(self._long, task, lambda reads: query(reads, *args, progress=task.progress, **kwargs))

    def perform(self, command: Command[T]) -> Task[Outcome[T]]:
        """Apply a command on the writing thread and commit it."""
        task: Task[Outcome[T]] = Task(command.label, writes=True)
        store = self.store

        def run() -> Outcome[T]:
            if store is None:
                raise _locked()
            return store.perform(command, task.progress)  # what was asked before the lock is done before it closes

        task.done.connect(self.performed.emit)
        return self._start(self._write, task, run)

    def write(self, function: Callable[..., T], label: str = "") -> Task[T]:
        """Run something that writes by itself (undo, redo), given the progress, in turn with the commands."""
        task: Task[T] = Task(label, writes=True)
        return self._start(self._write, task, lambda: function(task.progress))

    def converse(self, function: Callable[[Store, Progress], T], label: str = "") -> Task[T]:
        """Run something that talks to another computer and writes in between, beside everything else."""
        task: Task[T] = Task(label)
        store = self.store

        def run() -> T:
            if store is None or store is not self.store:
                raise _locked()
            return function(store, task.progress)

        return self._start(self._talk, task, run)

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Task[T]:
        """Run anything that needs no store (files, keys, the keyring) beside everything else."""
        return self._start(self._long, Task(), lambda: function(*args, **kwargs))

    @property
    def running(self) -> list[Task[Any]]:
        """What has not ended yet."""
        return list(self._tasks.values())

    def line(self, owner: QObject) -> Line:
        """Work for one place on a screen: asking again drops the older answer, and so does closing the screen."""
        return Line(self, owner)

    def open(self, store: Store) -> None:
        """From now on queries and commands go to this store."""
        self.store = store

    def close(self, last: Callable[[Store], T] | None = None) -> Task[T | None]:
        """Stop everything, do a `last` thing with the store, give back all connections and close it.

        Reading is broken off, a round with the hub and an import end at their next step and leave no trace; short
        commands that wait are done. `done` gets what `last` gave, when the file is free.
        """
        store, self.store = self.store, None
        for task in self.running:
            task.cancel()
        ended = [lane.ending() for lane in (self._read, self._long, self._talk) if lane.running]

        def shut() -> T | None:
            try:
                return last(store) if last is not None and store is not None else None
            finally:
                until = time.monotonic() + END_S
                for lane_ended in ended:
                    lane_ended.wait(max(0.0, until - time.monotonic()))
                if store is not None:
                    store.close()

        return self._start(self._write, Task(), shut)

    def stop(self, last: Callable[[Store], object] | None = None) -> None:
        """End all threads, after a `last` thing with the store; waits for writes that were asked for."""
        for task in self.running:
            task.cancel()
        store, self.store = self.store, None
        if store is not None and last is not None:
            self._start(self._write, Task(writes=True), lambda: last(store))
        for lane in (self._read, self._write, self._long, self._talk):
            lane.stop()
        if store is not None:
            store.close()

    def _reading(self, lane: Lane, task: Task[T], query: Callable[[Reads], T]) -> Task[T]:
        store, mark = self.store, task.progress

        def run() -> T:
            if store is None or store is not self.store:
                raise _locked()
            try:
                with lane.reader(store).snapshot() as reads, lane.reading_for(mark):
                    return query(reads)
            except Cancelled:
                if mark.stopped:
                    raise
            with lane.reader(store).snapshot() as reads, lane.reading_for(mark):
                return query(reads)  # it was hit by what was to stop the query before it

        task.interrupt = lambda: lane.interrupt(mark)
        return self._start(lane, task, run)

    def _start(self, lane: Lane, task: Task[T], run: Callable[[], T]) -> Task[T]:
        """Queue it. The worker holds neither the task nor what listens to it: a widget must die on the main thread."""
        number, progress, writes = next(self._numbers), task.progress, task.writes
        self._tasks[number] = task

        def job() -> None:
            try:
                if progress.stopped and not writes:
                    raise Cancelled
                result = run()
            except BaseException as error:
                failure = error
                self._bridge.send(lambda: self._fail(number, failure))
            else:
                self._bridge.send(lambda: self._finish(number, result))

        lane.put(job)
        # By its number: who asked, and what came of it, must not live on for as long as the timer does.
        QTimer.singleShot(SLOW_MS, self, lambda: self._tell_slow(number))
        return task

    def _tell_slow(self, number: int) -> None:
        if number in self._tasks:
            self.slow.emit(self._tasks[number])

    def _finish(self, number: int, result: Any) -> None:
        task = self._end(number)
        try:
            if not task.dropped or task.writes:  # what was committed is committed
                task.done.tell(result)
        finally:
            task.ended.tell(task)

    def _fail(self, number: int, error: BaseException) -> None:
        task = self._end(number)
        try:
            if not (task.dropped or isinstance(error, Cancelled)):
                if task.failed:
                    task.failed.tell(error)
                else:
                    self.door(error, task)
        finally:
            task.ended.tell(task)

    def _end(self, number: int) -> Task[Any]:
        task = self._tasks.pop(number)
        task.over, task.interrupt = True, None
        if task.owner is not None and not shiboken6.isValid(task.owner):
            task.drop()
        return task


class Line:
    """Fetches of which only the newest counts."""

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        self._tasks = tasks
        self._owner = owner
        self._task: Task[Any] | None = None

    def fetch(self, query: Callable[Concatenate[Reads, P], T], *args: P.args, **kwargs: P.kwargs) -> Task[T]:
        """As `Tasks.fetch`; whatever this line asked before is forgotten."""
        return self._tasks._reading(self._tasks._read, self._begun(), lambda reads: query(reads, *args, **kwargs))

    def study(self, query: Callable[Concatenate[Reads, P], T], *args: P.args, **kwargs: P.kwargs) -> Task[T]:
        """The same beside the reading thread, for what computes for long and tells no progress."""
        return self._tasks._reading(self._tasks._long, self._begun(), lambda reads: query(reads, *args, **kwargs))

    def _begun(self) -> Task[Any]:
        self.drop()
        self._task = Task(owner=self._owner)
        return self._task

    def drop(self) -> None:
        """Forget what is under way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._task is not None and not self._task.over


def _locked() -> Trouble:
    return Trouble(N_("rmdesk is locked."), do=N_("Unlock it and try again; what was saved is safe."), code="locked")


def _raise(error: BaseException, task: Task[Any]) -> None:
    raise error
