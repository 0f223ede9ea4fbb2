"""Background work: where results arrive, what is dropped, what a failure becomes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from threading import Event
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from rmdesk.base.errors import Cancelled, Refused, Trouble
from rmdesk.models.kinds import Topic
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.ui.tasks.runner import Tasks
from tests.ui.conftest import Seen

COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000000) SELECT count(*) FROM n"


def answer(reads: Reads, number: int) -> int:
    return int(reads.value("SELECT ?", (number,)))


def refuse(reads: Reads) -> None:
    raise Refused("No.", field="name")


@dataclass(frozen=True, slots=True)
class Touch:
    """Writes one setting, then waits for the test and looks at the progress."""

    label: ClassVar[str] = "Touch"
    begun: Event
    go_on: Event

    def apply(self, work: UnitOfWork) -> Done[str]:
        work.bulk("INSERT INTO setting(key, value) VALUES ('t', '1')", topics={Topic.SETTINGS})
        self.begun.set()
        assert self.go_on.wait(20)
        work.progress.at(1, 2, "half")
        return Done("touched")


def test_a_result_arrives_on_the_main_thread(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[int, threading.Thread]] = []
    task = tasks.fetch(answer, 7)
    task.done.connect(lambda value: seen.append((value, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(7, threading.main_thread())]
    assert task.over
    assert tasks.running == []


def test_who_waits_for_the_end_is_told_though_another_listener_fails(qtbot: QtBot, tasks: Tasks) -> None:
    ended: list[object] = []
    with qtbot.captureExceptions() as failed:
        task = tasks.fetch(answer, 7)
        task.done.connect(lambda value: int(f"no {value}"))
        task.ended.connect(ended.append)
        qtbot.waitUntil(lambda: bool(ended))
    assert [kind for kind, _error, _trace in failed] == [ValueError]


def test_listening_late_tells_at_once(qtbot: QtBot, tasks: Tasks) -> None:
    task = tasks.fetch(answer, 3)
    qtbot.waitUntil(lambda: task.over)
    seen: list[int] = []
    task.done.connect(seen.append)
    assert seen == [3]


def test_an_error_nobody_listens_to_goes_through_the_door(qtbot: QtBot, tasks: Tasks, door: Seen) -> None:
    tasks.fetch(refuse)
    qtbot.waitUntil(lambda: bool(door.errors))
    assert isinstance(door.errors[0], Refused)


def test_an_error_one_listens_to_does_not(qtbot: QtBot, tasks: Tasks, door: Seen) -> None:
    seen: list[BaseException] = []
    tasks.fetch(refuse).failed.connect(seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert door.errors == []


def test_of_a_line_only_the_newest_answer_counts(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    line = tasks.line(owner)
    seen: list[int] = []
    for number in range(5):
        line.fetch(answer, number).done.connect(seen.append)
    qtbot.waitUntil(lambda: not tasks.running)
    assert seen == [4]


def test_an_answer_for_a_screen_that_is_gone_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    import shiboken6

    owner = QObject()
    seen: list[int] = []
    task = tasks.line(owner).fetch(answer, 1)
    task.done.connect(seen.append)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: task.over)
    assert seen == []


def test_cancel_stops_a_long_statement(qtbot: QtBot, tasks: Tasks, door: Seen) -> None:
    begun = Event()

    def count(reads: Reads) -> Any:
        begun.set()
        return reads.value(COUNTING)

    task = tasks.fetch(count)
    qtbot.waitUntil(begun.is_set)
    qtbot.waitUntil(lambda: _cancelled(task))
    assert door.errors == []
    after = tasks.fetch(answer, 5)
    qtbot.waitUntil(lambda: after.over)
    assert not after.dropped


def _cancelled(task: Any) -> bool:
    """Until the statement runs there is nothing to interrupt, so ask again."""
    if not task.over:
        task.cancel()
        if task.interrupt is not None:
            task.interrupt()
    return bool(task.over)


def test_a_query_that_nobody_stopped_answers_though_the_stop_for_another_hits_it(qtbot: QtBot, tasks: Tasks) -> None:
    tries: list[int] = []

    def query(reads: Reads) -> int:
        tries.append(1)
        if len(tries) == 1:
            raise Cancelled  # as the reader tells of a statement that was interrupted
        return len(tries)

    got: list[int] = []
    tasks.fetch(query).done.connect(got.append)
    qtbot.waitUntil(lambda: got == [2])


def test_a_cancelled_command_leaves_no_trace(qtbot: QtBot, tasks: Tasks) -> None:
    begun, go_on = Event(), Event()
    task = tasks.perform(Touch(begun, go_on))
    qtbot.waitUntil(begun.is_set)
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: task.over)
    kept = tasks.fetch(lambda reads: reads.value("SELECT count(*) FROM setting"))
    seen: list[int] = []
    kept.done.connect(seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [0]


def test_what_was_committed_is_told_with_its_topics(qtbot: QtBot, tasks: Tasks) -> None:
    begun, go_on = Event(), Event()
    go_on.set()
    with qtbot.waitSignal(tasks.performed) as told:
        tasks.perform(Touch(begun, go_on))
    assert told.args is not None
    assert told.args[0].topics == frozenset({Topic.SETTINGS})


def test_slow_work_is_told_and_shows_its_progress(qtbot: QtBot, tasks: Tasks) -> None:
    begun, go_on = Event(), Event()
    with qtbot.waitSignal(tasks.slow) as told:
        task = tasks.perform(Touch(begun, go_on))
    assert told.args == [task]
    go_on.set()
    qtbot.waitUntil(lambda: task.over)
    assert task.progress.seen == (1, 2, "half")


def test_a_study_is_given_its_progress(qtbot: QtBot, tasks: Tasks) -> None:
    def count(reads: Reads, most: int, progress: Any) -> int:
        for at in range(most):
            progress.at(at, most, "counting")
        return int(reads.value("SELECT ?", (most,)))

    task = tasks.study(count, 3, label="Count")
    qtbot.waitUntil(lambda: task.over)
    assert task.progress.seen == (2, 3, "counting")


def test_a_closed_desk_answers_that_it_is_locked(qtbot: QtBot, tasks: Tasks, door: Seen) -> None:
    closing = tasks.close()
    qtbot.waitUntil(lambda: closing.over)
    tasks.fetch(answer, 1)
    qtbot.waitUntil(lambda: bool(door.errors))
    error = door.errors[0]
    assert isinstance(error, Trouble)
    assert error.code == "locked"


@pytest.mark.parametrize("how", ["fetch", "call", "write"])
def test_a_bug_arrives_as_it_is(qtbot: QtBot, tasks: Tasks, door: Seen, how: str) -> None:
    def broken(*_given: Any) -> None:
        raise ZeroDivisionError

    getattr(tasks, how)(broken)
    qtbot.waitUntil(lambda: bool(door.errors))
    assert isinstance(door.errors[0], ZeroDivisionError)
