"""Working days, with the days that the State Council moved."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.occasions import workdays


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 21), 2, date(2026, 11, 24)),  # a Saturday
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # a Saturday that is worked
        (date(2031, 1, 3), 1, date(2031, 1, 6)),  # no schedule known: Monday to Friday
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_days_after(day: date, count: int, expected: date) -> None:
    assert workdays.after(day, count) == expected


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_there_and_back(day: date, count: int) -> None:
    there = workdays.after(day, count)
    back = workdays.before(there, count)
    assert workdays.after(back, count) == there
    assert (there - day).days >= count


def test_the_schedules_are_those_of_the_state_council(shared_data: Path) -> None:
    for file in sorted((shared_data / "holiday-cn").glob("2*.json")):
        schedule = json.loads(file.read_text(encoding="utf-8"))
        assert workdays.is_known(schedule["year"])
        for told in schedule["days"]:
            day = date.fromisoformat(told["date"])
            assert workdays.is_workday(day) != told["isOffDay"] or (day.weekday() < 5 and not told["isOffDay"])
            assert (workdays.holiday(day) is not None) == told["isOffDay"]
            assert (workdays.moved(day) is not None) != told["isOffDay"]


def test_a_year_without_a_schedule_says_so() -> None:
    assert workdays.note_for(date(2026, 1, 1), date(2026, 12, 31)) is None
    note = workdays.note_for(date(2026, 12, 20), date(2027, 1, 10))
    assert note is not None
    assert "2027" in note.said
    assert workdays.is_workday(date(2027, 10, 1))  # a Friday, until the schedule is published


def test_working_days_between() -> None:
    assert workdays.between(date(2026, 9, 30), date(2026, 10, 10)) == 3  # 8, 9 and the Saturday that is worked
    assert workdays.between(date(2026, 10, 10), date(2026, 9, 30)) == 0


@given(st.dates(date(2024, 1, 1), date(2026, 10, 1)), st.integers(0, 40))
def test_counting_there_counts_the_days_between(day: date, count: int) -> None:
    assert workdays.between(day, workdays.after(day, count)) == count
