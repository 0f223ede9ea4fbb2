"""A lane gives memory back: after a long job, and once nothing came for a while."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from rmdesk.ui.tasks import lane
from rmdesk.ui.tasks.lane import Lane


class Pages:
    """Stands for a reader: notes what it was told to keep."""

    def __init__(self) -> None:
        self.kept: list[int] = []
        self.told = Event()

    def shrink(self, keep_kib: int = 0) -> None:
        self.kept.append(keep_kib)
        self.told.set()

    def close(self) -> None:
        pass


@pytest.fixture
def pages() -> Pages:
    return Pages()


def lane_with(pages: Pages, *, sheds: bool = False) -> Lane:
    made = Lane("test", sheds=sheds)
    made._reader = pages  # type: ignore[assignment]
    return made


def test_a_lane_that_rests_keeps_few_pages_and_looks_at_them_once(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lane, "REST_S", 0.01)
    one = lane_with(pages)
    one.put(lambda: None)
    assert pages.told.wait(20)
    pages.told.clear()
    assert not pages.told.wait(0.1)
    assert pages.kept == [lane.KEPT_KIB]
    one.put(lambda: None)
    assert pages.told.wait(20)
    one.stop()
    assert pages.kept == [lane.KEPT_KIB] * 2


@pytest.mark.parametrize(("sheds", "kept"), [(True, 0), (False, lane.KEPT_KIB)])
def test_in_the_pause_after_a_long_job_pages_go(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, sheds: bool, kept: int
) -> None:
    monkeypatch.setattr(lane, "LONG_S", -1)
    monkeypatch.setattr(lane, "PAUSE_S", 0.01)
    one = lane_with(pages, sheds=sheds)
    seen: list[Any] = []
    one.put(lambda: seen.append(list(pages.kept)))
    assert pages.told.wait(20)
    one.stop()
    assert seen == [[]]
    assert pages.kept == [kept]


def test_memory_is_not_given_back_while_the_answer_of_a_long_job_is_painted(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lane, "LONG_S", -1)
    monkeypatch.setattr(lane, "PAUSE_S", 600)
    one, second = lane_with(pages), Event()
    one.put(lambda: None)
    one.put(second.set)
    assert second.wait(20)
    one.stop()
    assert pages.kept == []


def test_a_short_job_after_a_long_one_leaves_the_pause_short(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "PAUSE_S", 0.2)
    monkeypatch.setattr(lane, "REST_S", 600)
    long = iter((-1.0, 600.0))
    one = lane_with(pages)

    def next_limit() -> None:
        monkeypatch.setattr(lane, "LONG_S", next(long))

    one.put(next_limit)
    one.put(next_limit)
    assert pages.told.wait(20)
    one.stop()
    assert pages.kept == [lane.KEPT_KIB]


def test_a_reader_that_cannot_be_closed_ends_no_thread(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise OSError("Wang Fang")

    monkeypatch.setattr(pages, "close", broken)
    one, second = lane_with(pages), Event()
    assert one.ending().wait(20)
    one.put(second.set)
    assert second.wait(20)
    one.stop()
    assert caplog.messages == ["lane test: OSError"]
    caplog.clear()  # unexpected errors fail a test


def test_what_fails_in_a_pause_ends_no_thread_and_is_logged_without_its_words(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(keep_kib: int = 0) -> None:
        pages.told.set()
        raise RuntimeError("Wang Fang")

    monkeypatch.setattr(lane, "REST_S", 0.01)
    monkeypatch.setattr(pages, "shrink", broken)
    one, second = lane_with(pages), Event()
    one.put(lambda: None)
    assert pages.told.wait(20)
    one.put(second.set)
    assert second.wait(20)
    one.stop()
    assert "RuntimeError" in caplog.text
    assert "Wang Fang" not in caplog.text
