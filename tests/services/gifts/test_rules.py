"""Moves, days that count, conversion: pure rules of gifts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.models.kinds import GiftState
from rmdesk.services.gifts import rules

TODAY = date(2026, 11, 21)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_every_state_has_its_moves_and_can_be_reached() -> None:
    assert set(rules.MOVES) == set(GiftState)
    reached = {GiftState.IDEA}
    while (more := {after for state in reached for after in rules.MOVES[state]} - reached) != set():
        reached |= more
    assert reached == set(GiftState)


def test_what_is_over_goes_nowhere() -> None:
    assert not rules.MOVES[GiftState.DROPPED]
    assert not rules.MOVES[GiftState.RETURNED]
    assert not rules.may(GiftState.GIVEN, GiftState.PLANNED)
    assert not rules.may(GiftState.IDEA, GiftState.GIVEN)


def test_states_that_count_are_told_apart() -> None:
    assert not rules.COMMITTED & rules.RESERVED
    assert not rules.is_committed(GiftState.RETURNED, bought=True)
    assert not rules.is_committed(GiftState.AWAITING, bought=False)
    assert rules.is_committed(GiftState.AWAITING, bought=True)


def test_the_day_that_counts_at_the_edge_of_the_year() -> None:
    edge = date(2026, 12, 31)
    assert rules.day_that_counts(edge, date(2027, 1, 1), TODAY) == edge
    assert rules.day_that_counts(None, date(2027, 1, 1), TODAY).year == 2027
    assert rules.day_that_counts(None, edge, date(2027, 1, 1)).year == 2027
    assert rules.day_that_counts(None, None, TODAY) == TODAY


@given(days, st.integers(0, 60))
def test_months_before_never_fall_after(day: date, months: int) -> None:
    before = rules.months_before(day, months)
    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months
    assert before.day <= day.day


def test_months_before_the_end_of_february() -> None:
    assert rules.months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert rules.months_before(date(2024, 2, 29), 24) == date(2022, 2, 28)
    assert rules.months_before(date(2026, 11, 21), 24) == date(2024, 11, 21)


@given(st.integers(0, 10**9))
def test_the_own_currency_is_exact_and_a_foreign_one_without_rate_unknown(minor: int) -> None:
    assert rules.converted(minor, "CNY", "CNY", {}) == minor
    assert rules.converted(minor, "USD", "CNY", {}) is None
    assert rules.converted(minor, "USD", "CNY", {"USD": Decimal(2)}) == 2 * minor


@given(days, days | st.none(), days | st.none())
def test_a_gift_counts_in_one_year_and_never_in_a_past_one_before_it_is_given(
    today: date, given_on: date | None, planned: date | None
) -> None:
    day = rules.day_that_counts(given_on, planned, today)
    assert day == given_on if given_on else day >= today
    assert day - timedelta(0) in {given_on, planned, today}
