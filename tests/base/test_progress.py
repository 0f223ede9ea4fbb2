"""Work tells how far it is, and learns at its next step that it should stop."""

from __future__ import annotations

import threading

import pytest

from rmdesk.base.errors import Cancelled, Known
from rmdesk.base.progress import Progress, Silent, Stoppable


class Shown(Stoppable):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[tuple[int, int, str]] = []

    def show(self, done: int, total: int, text: str) -> None:
        self.steps.append((done, total, text))


def work(progress: Progress, steps: int) -> int:
    for number in range(steps):
        progress.at(number, steps, "step")
    return steps


def test_every_step_is_shown() -> None:
    shown = Shown()
    assert work(shown, 3) == 3
    assert shown.steps == [(0, 3, "step"), (1, 3, "step"), (2, 3, "step")]


def test_nobody_needs_to_watch() -> None:
    assert work(Silent(), 3) == 3


def test_stopping_takes_hold_at_the_next_step_and_from_another_thread() -> None:
    shown = Shown()
    shown.at(0, 2)
    stopper = threading.Thread(target=shown.stop)
    stopper.start()
    stopper.join()
    with pytest.raises(Cancelled):
        shown.at(1, 2)
    assert len(shown.steps) == 1


def test_stopping_is_neither_an_error_nor_a_bug() -> None:
    assert not issubclass(Cancelled, Known)
