"""Which days a report covers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.reports import rules
from rmdesk.services.reports.parts import Kind

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 21), date(2026, 11, 9), date(2026, 11, 15)),  # Saturday: the week is not over yet
        (date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 22)),  # Sunday evening
        (date(2026, 11, 23), date(2026, 11, 16), date(2026, 11, 22)),
    ],
)
def test_a_weekly_report_is_of_the_last_week_that_is_over(day: date, first: date, last: date) -> None:
    assert rules.span(Kind.WEEKLY, day) == (first, last)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 29), date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 11, 30), date(2026, 11, 1), date(2026, 11, 30)),
        (date(2028, 3, 1), date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_monthly_report_is_of_the_last_month_that_is_over(day: date, first: date, last: date) -> None:
    assert rules.span(Kind.MONTHLY, day) == (first, last)


@settings(max_examples=40)
@given(DAYS, st.sampled_from(Kind))
def test_a_usual_report_never_looks_beyond_its_day_and_its_parts_are_whole(day: date, kind: Kind) -> None:
    first, last = rules.span(kind, day)
    assert first <= last <= day
    if kind is Kind.WEEKLY:
        assert (first.weekday(), (last - first).days) == (0, 6)
    if kind is Kind.MONTHLY:
        assert first.day == 1
        assert (last + timedelta(1)).day == 1


@settings(max_examples=30)
@given(DAYS)
def test_a_month_is_held_against_the_month_before(day: date) -> None:
    first, last = rules.last_month(day)
    earlier = rules.before(first, last)
    assert earlier[1] == first - timedelta(1)
    assert earlier[0].day == 1


def test_one_end_gives_the_other() -> None:
    day = date(2026, 11, 3)
    assert rules.span(Kind.WEEKLY, day, first=day) == (day, date(2026, 11, 9))
    assert rules.span(Kind.WEEKLY, day, last=day) == (date(2026, 10, 28), day)
    assert rules.span(Kind.MONTHLY, day, first=day) == (day, date(2026, 11, 30))
    assert rules.span(Kind.BRIEFS, day, first=date(2026, 11, 5)) == (date(2026, 11, 5), date(2026, 11, 5))


def test_ends_the_wrong_way_round_or_too_far_apart_are_refused() -> None:
    with pytest.raises(Refused, match="before it begins"):
        rules.span(Kind.WEEKLY, date(2026, 1, 1), date(2026, 2, 2), date(2026, 2, 1))
    with pytest.raises(Refused, match="400"):
        rules.span(Kind.WEEKLY, date(2026, 1, 1), date(2024, 1, 1), date(2026, 2, 1))
