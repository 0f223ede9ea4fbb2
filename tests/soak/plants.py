"""Faults planted on purpose: the soak is worth something only if it sees them."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from typing import Any
from unittest.mock import patch

from rmdesk.services.visits.commands import LogVisit
from rmdesk.ui.shell.desk import WindowDesk

kept: list[Any] = []


def leak() -> None:
    """Four megabytes are never given back: five days show it, and a long run does not fill the computer."""
    if len(kept) < 100:
        kept.append(bytearray(1 << 22))


def objects() -> None:
    """Some thousand small things are never given back."""
    kept.append([[at] for at in range(2000)])


def handle() -> None:
    """A file stays open."""
    kept.append(os.open(os.devnull, os.O_RDONLY))


def thread() -> None:
    """A thread never ends."""
    never = threading.Event()
    kept.append(never)
    threading.Thread(target=never.wait, daemon=True).start()


def warning() -> None:
    """Something is not as it should be."""
    logging.getLogger("rmdesk").warning("planted")


def work() -> None:
    """The main thread computes while somebody looks at the window."""
    began = time.thread_time()
    while time.thread_time() - began < 0.15:
        pass


def sleep() -> None:
    """The main thread waits for something."""
    time.sleep(0.6)


AT_A_PAGE: dict[str, Callable[[], None]] = {
    one.__name__: one for one in (leak, objects, handle, thread, warning, work, sleep)
}
NAMES = (*sorted(AT_A_PAGE), "lost")


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """While this lasts, each page that is gone to does harm, or one visit in twenty is kept without its text."""
    with ExitStack() as stack:
        if name == "lost":
            stack.enter_context(patch.object(LogVisit, "apply", _forgetful(LogVisit.apply)))
        elif name is not None:
            stack.enter_context(patch.object(WindowDesk, "go", _harming(WindowDesk.go, AT_A_PAGE[name])))
        yield


def _harming(original: Callable[..., Any], harm: Callable[[], None]) -> Callable[..., Any]:
    def go(*given: Any, **more: Any) -> Any:
        harm()
        return original(*given, **more)

    return go


def _forgetful(original: Callable[..., Any]) -> Callable[..., Any]:
    times = count(1)

    def apply(command: LogVisit, work: Any) -> Any:
        if next(times) % 20 == 0:
            command = replace(command, entry=replace(command.entry, content="…"))
        return original(command, work)

    return apply
