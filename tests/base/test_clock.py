"""The day can be fixed for the whole process; time of day runs on."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from rmdesk.base import clock


@pytest.fixture(params=["Asia/Shanghai", "UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The machine stands in this time zone."""
    if sys.platform == "win32":
        pytest.skip("the time zone of a process cannot be set on Windows")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def test_a_fixed_day_stays_whatever_the_zone(zone: str) -> None:
    clock.fix(date(2024, 2, 29))
    assert clock.today() == date(2024, 2, 29)
    assert clock.now().astimezone().date() == date(2024, 2, 29)
    assert clock.now().tzinfo == UTC


def test_time_runs_on_when_it_is_let_go(zone: str) -> None:
    clock.fix(None)
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert abs((clock.today() - datetime.now().astimezone().date()).days) <= 1


def test_order_is_kept_on_a_fixed_day() -> None:
    instants = [clock.now() for _ in range(100)]
    assert instants == sorted(instants)
