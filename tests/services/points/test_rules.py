"""Domain §12: points are earned by rules that are data, expire, and the balance is the sum of the ledger."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.services.points import rules
from rmdesk.services.points.rules import Line
from rmdesk.services.points.tables import earning

DAY = date(2026, 11, 21)
EARNED = st.tuples(st.integers(1, 900), st.integers(-800, 800), st.integers(1, 900))


def test_an_amount_earns_for_each_whole_step() -> None:
    deposit = earning()["deposit"]
    assert rules.earned(deposit, 49_999_99, 100) == 4 * deposit.points
    assert rules.earned(deposit, 50_000_00, 100) == 5 * deposit.points
    assert rules.earned(deposit, 9_999_99, 100) == 0
    assert rules.earned(deposit, -50_000_00, 100) == 0
    assert rules.earned(earning()["referral"], 0, 100) == 500


def ledger(earned: list[tuple[int, int, int]], spent: list[int]) -> list[Line]:
    gave = [
        Line(f"e{at}", DAY + timedelta(on), points, DAY + timedelta(on + holds))
        for at, (points, on, holds) in enumerate(earned)
    ]
    return gave + [Line(f"s{at}", DAY, -points) for at, points in enumerate(spent)]


@settings(max_examples=50)
@given(st.lists(EARNED, max_size=8), st.lists(st.integers(1, 300), max_size=4))
def test_what_is_left_of_each_line_adds_up_to_the_balance(earned: list[tuple[int, int, int]], spent: list[int]) -> None:
    lines = ledger(earned, spent)
    left = rules.unused(lines)
    assert all(0 <= left[line.id] <= line.points for line in lines if line.points > 0)
    assert sum(left.values()) == max(0, rules.balance(lines))


@settings(max_examples=50)
@given(st.lists(EARNED, max_size=8), st.integers(0, 1200))
def test_writing_off_what_expired_leaves_what_still_holds(earned: list[tuple[int, int, int]], spend: int) -> None:
    spend = min(spend, sum(points for points, _on, _holds in earned))
    lines = ledger(earned, [spend] if spend else [])
    gone = rules.expiring(lines, DAY)
    after = [*lines, *(Line(f"x{source}", DAY, -points, of=source) for source, points in gone.items())]
    assert rules.expiring(after, DAY) == {}  # done again, it finds nothing
    assert rules.balance(after) == rules.balance(lines) - sum(gone.values())
    holds = {line.id for line in lines if line.points > 0 and line.expires_on is not None and line.expires_on > DAY}
    assert sum(rules.unused(after).values()) == sum(left for key, left in rules.unused(lines).items() if key in holds)


def test_what_expires_first_is_used_first() -> None:
    soon = Line("soon", DAY - timedelta(9), 100, DAY + timedelta(5))
    late = Line("late", DAY - timedelta(400), 100, DAY + timedelta(90))
    assert rules.unused([late, soon, Line("spent", DAY, -120)]) == {"soon": 0, "late": 80}


def test_a_counter_entry_takes_its_own_line_back() -> None:
    lines = [Line("a", DAY, 100, DAY + timedelta(5)), Line("b", DAY, 100, DAY + timedelta(9))]
    assert rules.unused([*lines, Line("c", DAY, -100, of="b")]) == {"a": 100, "b": 0}
