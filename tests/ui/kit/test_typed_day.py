"""Days as people type them, in both languages; what does not exist is refused and never moved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.ui.kit import typed_day

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None), ("  ", None),
        ("2026-11-30", "2026-11-30"), ("2026/11/30", "2026-11-30"), ("2026.11.30", "2026-11-30"),
        ("2026年11月30日", "2026-11-30"), ("２０２６－１１－３０", "2026-11-30"), ("20261130", "2026-11-30"),
        ("2026-1-5", "2026-01-05"), ("11-30", "2026-11-30"), ("11月30日", "2026-11-30"), ("11/30", "2026-11-30"),
        ("1-5", "2027-01-05"), ("6-30", "2026-06-30"), ("2-29", "2028-02-29"), ("5日", "2026-11-05"),
        ("today", "2026-11-21"), ("今天", "2026-11-21"), ("明天", "2026-11-22"), ("Tomorrow", "2026-11-22"),
        ("后天", "2026-11-23"), ("昨天", "2026-11-20"), ("+3", "2026-11-24"), ("-2", "2026-11-19"),
        ("+2w", "2026-12-05"), ("+1m", "2026-12-21"), ("+1个月", "2026-12-21"), ("+3天", "2026-11-24"),
        ("fri", "2026-11-27"), ("Saturday", "2026-11-28"), ("周五", "2026-11-20"), ("下周一", "2026-11-23"),
        ("上周日", "2026-11-15"), ("星期天", "2026-11-22"),
    ],
)  # fmt: skip
def test_what_is_understood(typed: str, day: str | None) -> None:
    assert typed_day.read(typed, TODAY) == (None if day is None else date.fromisoformat(day))


@pytest.mark.parametrize(
    "typed",
    ["2026-02-30", "2-30", "4-31", "2027-02-29", "13-1", "0-5", "2026-11-0", "1-32", "soon", "1850-01-01", "2500-01-01",
     "2026", "2026-11", "--", "+", "mo", "31日", "2026年", "\u202e11-30\u202c-"],
)  # fmt: skip
def test_what_is_refused(typed: str) -> None:
    today = date(2026, 11, 21)
    with pytest.raises(Refused) as told:
        typed_day.read(typed, today)
    assert told.value.said


def test_a_day_that_does_not_exist_is_refused_in_words() -> None:
    with pytest.raises(Refused) as told:
        typed_day.read("2027-02-30", TODAY)
    assert told.value.said == "2027-02 has 28 days, so there is no 30."


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1950, 1, 1), date(2080, 1, 1)))
def test_a_whole_date_means_itself(day: date, today: date) -> None:
    assert typed_day.read(day.isoformat(), today) == day
    assert typed_day.read(f"{day:%Y%m%d}", today) == day


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_without_a_year_the_nearest_is_meant(today: date, month: int, day: int) -> None:
    found = typed_day.read(f"{month}-{day}", today)
    assert found is not None
    assert abs(found - today) <= timedelta(days=183)


@given(st.text(max_size=20))
def test_any_text_is_a_day_nothing_or_refused(typed: str) -> None:
    try:
        found = typed_day.read(typed, TODAY)
    except Refused:
        return
    assert found is None or found.year in typed_day.YEARS


@given(st.dates(date(1901, 1, 1), date(2099, 1, 1)), st.integers(-36, 36))
def test_months_on(day: date, count: int) -> None:
    there = typed_day.months_on(day, count)
    assert (there.year - day.year) * 12 + there.month - day.month == count
    assert there.day <= day.day
