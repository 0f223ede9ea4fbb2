"""Working days, with the days that the State Council moved."""

from __future__ import annotations

from datetime import date

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
