"""The legal clock of a complaint."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.complaints import rules

CALENDAR = rules.Clock(15, 30, 30, working_days=False)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("hard", "extended", "allowed"), [(False, False, 15), (True, False, 30), (False, True, 45), (True, True, 60)]
)
def test_a_complaint_has_fifteen_days_a_complex_one_thirty_and_approval_adds_thirty(
    hard: bool, extended: bool, allowed: int
) -> None:
    assert rules.allowed_days(hard=hard, extended=extended) == allowed


def test_the_clock_leaves_out_weekends_and_holidays() -> None:
    # 30 September 2026 is a Wednesday; 1 to 7 October are days off, Saturday 10 October is worked instead.
    assert rules.due_on(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert rules.due_on(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert rules.days_used(date(2026, 9, 30), date(2026, 10, 7)) == 0
    assert rules.days_used(date(2026, 9, 30), date(2026, 10, 10)) == 3


def test_a_bank_may_count_calendar_days() -> None:
    assert rules.due_on(date(2026, 9, 30), 15, CALENDAR) == date(2026, 10, 15)
    assert rules.days_used(date(2026, 9, 30), date(2026, 10, 7), CALENDAR) == 7


@given(received=days, allowed=st.integers(1, 60))
def test_on_the_last_day_exactly_all_days_are_used(received: date, allowed: int) -> None:
    due = rules.due_on(received, allowed)
    assert rules.days_used(received, due) == allowed
    assert rules.days_used(received, due - timedelta(1)) == allowed - 1


@given(received=days, ahead=st.integers(0, 200))
def test_the_clock_never_runs_back(received: date, ahead: int) -> None:
    day = received + timedelta(ahead)
    assert 0 <= rules.days_used(received, day) <= rules.days_used(received, day + timedelta(1)) <= ahead + 1


def test_a_severity_between_two_steps_has_the_name_of_the_lower() -> None:
    light, middling, heavy = sorted(rules.severities())
    assert rules.severity_name(light).en == rules.severity_name(middling - 1).en == rules.severity_name(0).en
    assert rules.severity_name(heavy).en == "Heavy"
