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
def test_after_a_long_job_pages_go_at_once(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, sheds: bool, kept: int
) -> None:
    monkeypatch.setattr(lane, "LONG_S", -1)
    one = lane_with(pages, sheds=sheds)
    seen: list[Any] = []
    one.put(lambda: seen.append(list(pages.kept)))
    assert pages.told.wait(20)
    one.stop()
    assert seen == [[]]
    assert pages.kept[0] == kept
