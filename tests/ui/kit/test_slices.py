"""Work in slices: in order, a slice at a time, and what follows waits for its turn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.slices import Slices


def test_steps_that_follow_come_after_those_that_are_left(qtbot: QtBot) -> None:
    done: list[str] = []
    parent = QObject()
    slices = Slices(parent, 0)

    def step(name: str) -> None:
        done.append(name)
        assert slices.busy

    slices.begin([partial(step, "a"), lambda: slices.follow([partial(step, "c")]), partial(step, "b")])
    assert not done
    qtbot.waitUntil(lambda: not slices.busy)
    assert done == ["a", "b", "c"]
    slices.follow([partial(step, "d")])
    assert done == ["a", "b", "c"]
    qtbot.waitUntil(lambda: not slices.busy)
    assert done[-1] == "d"
    slices.begin([partial(step, "left")])
    slices.begin([partial(step, "in place of it")])
    qtbot.waitUntil(lambda: not slices.busy)
    assert "left" not in done


def test_after_a_step_that_fails_the_others_are_done(qtbot: QtBot) -> None:
    done: list[str] = []
    parent = QObject()
    slices = Slices(parent, 0)
    with qtbot.captureExceptions() as failed:
        slices.begin([partial(done.append, "a"), partial(int, "no number"), partial(done.append, "b")])
        qtbot.waitUntil(lambda: not slices.busy)
    assert done == ["a", "b"]
    assert [kind for kind, _error, _trace in failed] == [ValueError]
