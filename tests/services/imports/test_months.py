"""Months out of transactions: end balance, daily average, activity, and when a month is only half told."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.imports.months import Entry, Span, closing_of, days_in, first_day, months_of, number, opening_of

YEAR = Span(date(2026, 1, 1), date(2026, 3, 31), carry=3, grace=5)


def on(day: str, amount: int, balance: int | None, own: bool | None = True) -> Entry:
    return Entry(date.fromisoformat(day), amount, balance, own)


def test_a_balance_counts_from_the_day_it_was_reached() -> None:
    (january, *_) = months_of([on("2026-01-11", 3100, 3100)], YEAR)
    assert (january.end, january.average) == (3100, 2100)  # 21 of 31 days


def test_months_without_a_transaction_take_the_balance_over() -> None:
    found = list(months_of([on("2026-01-11", 3100, 3100)], YEAR))
    assert [(m.month - 2026 * 12, m.end, m.average, m.count) for m in found] == [
        (0, 3100, 2100, 1),
        (1, 3100, 3100, 0),
        (2, 3100, 3100, 0),
    ]
    assert {m.last_on for m in found} == {date(2026, 1, 11)}


def test_a_long_silence_is_not_filled_in() -> None:
    span = Span(date(2026, 1, 1), date(2026, 12, 31), carry=3, grace=5)
    found = list(months_of([on("2026-01-11", 3100, 3100), on("2026-02-11", 1, 3101)], span))
    assert [m.month - 2026 * 12 for m in found] == [0, 1, 2, 3, 4]


def test_interest_and_fees_are_not_the_clients_doing() -> None:
    (january, *_) = months_of([on("2026-01-11", 100, 100), on("2026-01-31", 1, 101, own=False)], YEAR)
    assert (january.last_on, january.last_own_on) == (date(2026, 1, 31), date(2026, 1, 11))


def test_the_opening_is_the_balance_that_nothing_leads_to() -> None:
    day = [on("2026-01-05", -200, 500), on("2026-01-05", 100, 700), on("2026-01-05", 50, 550)]
    assert opening_of(day) == 600
    assert opening_of([on("2026-01-05", 5, None)]) is None


def test_the_end_of_a_day_is_the_printed_balance_nearest_to_the_running_sum() -> None:
    day = [on("2026-01-05", -200, 500), on("2026-01-05", 100, 700), on("2026-01-05", 50, 550)]
    assert closing_of(day, 600) == 550
    assert closing_of([on("2026-01-05", 7, None)], 600) == 607
    assert closing_of(day, None) is None


def test_a_month_that_the_file_begins_or_ends_within_is_half_told() -> None:
    span = Span(date(2026, 1, 20), date(2026, 2, 10), carry=3, grace=5)
    old, new = [on("2026-01-20", -100, 900)], [on("2026-01-20", 900, 900)]
    assert [m.partial for m in months_of(old, span)] == [True, True]
    assert [m.partial for m in months_of(new, span)] == [False, True]  # opened that day: nothing is missing
    (_, february) = months_of(old, span)
    assert february.average == 900  # over the ten days that are told


def test_without_balances_the_months_build_on_what_was_known() -> None:
    entries = [on("2026-01-11", -100, None), on("2026-02-11", 300, None)]
    assert [m.end for m in months_of(entries, YEAR, 1000)] == [900, 1200, 1200]
    unknown = list(months_of(entries, YEAR))
    assert {(m.end, m.average) for m in unknown} == {(None, None)}
    assert [m.paid_out for m in unknown] == [100, 0, 0]


moves = st.lists(st.tuples(st.integers(0, 88), st.integers(-(10**9), 10**9)), min_size=1, max_size=40)


@given(moves=moves, opening=st.integers(-(10**9), 10**9), shuffle=st.randoms())
def test_months_agree_with_counting_day_by_day_whatever_the_order_within_a_day(moves, opening, shuffle) -> None:  # type: ignore[no-untyped-def]
    start = date(2026, 1, 1)
    balance, entries, ends = opening, [], {}
    for offset, amount in sorted(moves, key=lambda move: move[0]):
        balance += amount
        entries.append(Entry(start + timedelta(offset), amount, balance, True))
        ends[start + timedelta(offset)] = balance
    shuffled = sorted(entries, key=lambda entry: (entry.day, shuffle.random()))
    found = list(months_of(shuffled, YEAR, opening))
    assert sum(m.count for m in found) == len(entries)
    assert sum(m.paid_in - m.paid_out for m in found) == balance - opening
    held = opening
    for month in found:
        if month.month < number(entries[0].day):
            continue
        total = 0
        for day in range(days_in(month.month)):
            held = ends.get(first_day(month.month) + timedelta(day), held)
            total += held
        assert month.end == held
        assert month.average is not None
        assert abs(Fraction(total, days_in(month.month)) - month.average) <= Fraction(1, 2)
