"""Domain §12: half-years of 181, 182 and 184 days, the needed mean, and what a window proposes."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rmdesk.models.kinds import Decision, Proposal
from rmdesk.services.clubs import rules
from rmdesk.services.clubs.rules import Half, Window

LIMIT = 10_000_000_00
H2 = Half(2026, second=True)
AFTER = date(2027, 1, 5)
MEANS = st.integers(0, 40_000_000_00)


def averages(half: Half, *values: int | None) -> dict[int, int]:
    return {month: value for month, value in zip(half.months, values, strict=False) if value is not None}


def proposed(seen: Window, day: date, level: int | None = None, *, member: bool) -> Proposal | None:
    return rules.propose(seen, LIMIT, day, member=member, level=level, watch_share=0.9, reach=1.25).proposal


@pytest.mark.parametrize(
    ("half", "days", "start", "end"),
    [
        (Half(2026, second=False), 181, date(2026, 1, 1), date(2026, 6, 30)),
        (Half(2028, second=False), 182, date(2028, 1, 1), date(2028, 6, 30)),
        (Half(2100, second=False), 181, date(2100, 1, 1), date(2100, 6, 30)),
        (H2, 184, date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_a_half_year_has_181_182_or_184_days(half: Half, days: int, start: date, end: date) -> None:
    assert (half.days, half.start, half.end) == (days, start, end)
    assert sum(map(rules.month_days, half.months)) == days
    assert rules.half_named(half.code) == half
    assert rules.half_of(start) == rules.half_of(end) == half
    assert half.before.end == start - timedelta(1)


@pytest.mark.parametrize("wrong", ["", "2026", "2026H3", "H2", "2026-07", "99999H1"])
def test_other_codes_name_no_half_year(wrong: str) -> None:
    assert rules.half_named(wrong) is None


@pytest.mark.parametrize(
    ("day", "code"),
    [("2027-01-05", "2026H2"), ("2027-01-31", "2026H2"), ("2027-02-01", "2027H1"), ("2026-07-03", "2026H1"),
     ("2026-11-21", "2026H2")],
)  # fmt: skip
def test_early_january_reviews_july_to_december_and_early_july_the_half_before(day: str, code: str) -> None:
    assert rules.half_shown(date.fromisoformat(day), 31).code == code


def test_the_needed_mean_is_what_is_missing_over_the_days_left() -> None:
    seen = rules.window(H2, averages(H2, 9_000_000_00, 9_000_000_00, 9_000_000_00, 9_000_000_00), date(2026, 11, 21))
    assert (seen.known_days, seen.days_left) == (123, 61)
    assert seen.needed(LIMIT) == pytest.approx((LIMIT * 184 - 9_000_000_00 * 123) / 61)
    assert round(seen.needed(LIMIT) or 0) == 12_016_393_44


@settings(max_examples=40)
@given(st.booleans(), st.lists(MEANS, min_size=0, max_size=5))
def test_who_holds_the_needed_mean_for_the_rest_makes_the_limit_exactly(second: bool, known: list[int]) -> None:
    half = Half(2028, second)
    seen = rules.window(half, averages(half, *known), half.end)
    needed = seen.needed(LIMIT)
    assert needed is not None
    rest = Fraction(LIMIT * half.days - seen.total, seen.days_left)
    assert seen.total + rest * seen.days_left == LIMIT * half.days
    assert needed == pytest.approx(float(rest))


@settings(max_examples=40)
@given(st.lists(MEANS, min_size=6, max_size=6), st.integers(0, 5), st.booleans())
def test_unknown_is_not_zero_and_nobody_joins_or_leaves_on_it(means: list[int], hole: int, member: bool) -> None:
    known = averages(H2, *means)
    del known[H2.months[hole]]
    seen = rules.window(H2, known, AFTER)
    assert seen.gaps == (H2.months[hole],)
    assert seen.needed(LIMIT) is None
    assert proposed(seen, AFTER, means[0], member=member) is Proposal.UNKNOWN
    before = date(2026, 12, 3)  # the end is not told yet: no gap, while one before it is
    early = rules.window(H2, known, before)
    assert early.gaps == (() if hole >= 4 else (H2.months[hole],))


@settings(max_examples=40)
@given(st.lists(MEANS, min_size=6, max_size=6), MEANS)
def test_more_money_never_makes_a_worse_proposal(means: list[int], more: int) -> None:
    order = {Proposal.LEAVE: 0, Proposal.WATCH: 1, Proposal.STAY: 2}
    richer = [mean + more for mean in means]
    before, after = (
        proposed(rules.window(H2, averages(H2, *some), AFTER), AFTER, member=True) for some in (means, richer)
    )
    assert before is not None
    assert after is not None
    assert order[after] >= order[before]


def test_at_the_limit_is_in_and_a_fen_of_a_day_below_is_not() -> None:
    at = Window(H2, 184, LIMIT * 184, (), LIMIT)
    below = Window(H2, 184, LIMIT * 184 - 1, (), LIMIT)
    assert proposed(at, AFTER, member=False) is Proposal.JOIN
    assert proposed(below, AFTER, member=False) is None
    assert proposed(at, AFTER, member=True) is Proposal.STAY
    assert proposed(below, AFTER, member=True) is Proposal.WATCH
    assert proposed(Window(H2, 184, LIMIT * 184 * 9 // 10 - 1, (), LIMIT), AFTER, member=True) is Proposal.LEAVE


@pytest.mark.parametrize(
    ("so_far", "level", "member", "proposal"),
    [
        (9_900_000_00, 11_000_000_00, True, Proposal.STAY),  # the present level makes it
        (9_000_000_00, 11_000_000_00, True, Proposal.WATCH),
        (9_000_000_00, 11_000_000_00, False, Proposal.WATCH),  # within reach
        (5_000_000_00, 6_000_000_00, False, None),
        (30_000_000_00, 1_00, True, Proposal.STAY),  # made, whatever comes
        (30_000_000_00, 1_00, False, Proposal.JOIN),
    ],
)
def test_a_running_half_year_is_held_against_the_last_month(
    so_far: int, level: int, member: bool, proposal: Proposal | None
) -> None:
    day = date(2026, 11, 21)
    seen = rules.window(H2, averages(H2, *[so_far] * 4), day)
    assert proposed(seen, day, level, member=member) is proposal


def test_nothing_known_at_all_is_not_decidable() -> None:
    seen = rules.window(H2, {}, date(2026, 7, 9))
    assert seen.needed(LIMIT) == LIMIT  # nothing is missing yet: the whole window lies ahead
    assert proposed(seen, date(2026, 7, 9), None, member=True) is Proposal.UNKNOWN


@settings(max_examples=40)
@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_a_term_is_half_a_year_from_the_notice_and_goes_on_while_it_is_reviewed(notice: date, days: int) -> None:
    ends = rules.ends_on(notice, 6)
    assume(ends.day == notice.day)
    assert (ends.year * 12 + ends.month) - (notice.year * 12 + notice.month) == 6
    day = notice + timedelta(days)
    expected = day < ends + timedelta(31)
    assert rules.is_member(Decision.STAY, notice, ends, day, 31) is expected
    assert rules.is_member(Decision.LEAVE, notice, ends, day, 31) is False
    assert rules.is_member(Decision.JOIN, None, None, day, 31) is False  # nobody was told
    assert rules.is_member(Decision.JOIN, notice, ends, notice - timedelta(1), 31) is False


def test_a_term_from_the_end_of_august_ends_with_february() -> None:
    assert rules.ends_on(date(2026, 8, 31), 6) == date(2027, 2, 28)
