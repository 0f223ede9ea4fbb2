"""Imports what a page, a form or the desk needs without holding the window up.

Whatever makes a class of Qt, as every module of the window does, runs on the main thread: PySide keeps all its classes
in one table, in which the main thread looks with each event without holding Python's lock. A class that is made on
another thread meanwhile moves the table away under its eyes, and the program crashes.

So a thread imports what lies below the window, and the main thread then imports the modules of the window one after
the other, each after those it needs itself, in turns of the event loop.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from importlib import import_module

from PySide6.QtCore import QObject

from rmdesk.base.paths import resource
from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.tasks.runner import Tasks

FILE = "modules.txt"
OF_THE_WINDOW = ("rmdesk.ui.", "PySide6.")


@cache
def in_order() -> dict[str, tuple[str, ...]]:
    """The modules that each thing needs and none before it did, in the order in which they are imported.

    Written by `python -m tools.modules`, by looking on while all is imported.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in resource(FILE).read_text("utf-8").split("\n\n"):
        name, *modules = part.split("\n")
        found[name] = tuple(module.strip() for module in modules if module)
    return found


def makes_classes(module: str) -> bool:
    """Whether this is to be imported on the main thread."""
    return module.startswith(OF_THE_WINDOW)


class Imports(QObject):
    """One thing after the other; `then` is called, on the main thread, when all of it is there."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._slices = Slices(self)
        self._waiting: deque[tuple[str, Callable[[], object]]] = deque()
        self._busy = self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether anything is on its way."""
        return self._busy

    def begin(self, what: str, then: Callable[[], object] = lambda: None) -> None:
        """Import what this needs, after what was asked for before."""
        self._waiting.append((what, then))
        if not self._busy:
            self._next()

    def stop(self) -> None:
        """Import no more."""
        self._stopped = True
        self._waiting.clear()
        self._slices.stop()

    def _next(self) -> None:
        self._busy = bool(self._waiting)
        if not self._busy:
            return
        what, then = self._waiting.popleft()
        wanted = in_order().get(what, ())
        below = [module for module in wanted if not makes_classes(module)]
        # Also when it was broken off, as by a lock: what is missing is imported by whoever wants it.
        self._tasks.call(_import, below).ended.connect(lambda _task: self._of_the_window(wanted, then))

    def _of_the_window(self, wanted: Sequence[str], then: Callable[[], object]) -> None:
        if self._stopped:
            return
        steps = [partial(import_module, module) for module in wanted if makes_classes(module)]
        self._slices.begin((*steps, then, self._next))


def _import(modules: Iterable[str]) -> None:
    for module in modules:
        import_module(module)
