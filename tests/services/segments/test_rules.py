"""Where clients stand: tables of cases for each rule, and what always holds."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.segments import rules, tables

TABLE = tables.table()
CUTS = TABLE.cuts
NAN = float("nan")


def column(*values: float) -> rules.Floats:
    return np.array(values, dtype=np.float64)


@pytest.mark.parametrize(
    ("amount", "standard", "county"),
    [
        (-1, 1, 1),
        (0, 1, 1),
        (9_999.99, 1, 1),
        (10_000, 1, 2),
        (50_000, 2, 3),
        (199_999.99, 2, 3),
        (200_000, 3, 4),
        (1_000_000, 4, 5),
        (9_999_999.99, 4, 5),
        (10_000_000, 5, 5),
        (NAN, 0, 0),
    ],
)
def test_a_limit_belongs_to_the_tier_it_opens(amount: float, standard: int, county: int) -> None:
    assert rules.tier_of(column(amount), CUTS)[0] == standard
    assert rules.tier_of(column(amount), tables.presets()["county"])[0] == county


def test_the_mean_of_three_months_uses_the_known_ones_and_counts_them() -> None:
    means, counts = rules.moving_mean(np.array([[NAN, 4.0, 8.0, NAN, NAN, NAN]]), 3)
    assert counts[0].tolist() == [0, 1, 2, 2, 1, 0]
    assert means[0, 1:5].tolist() == [4, 6, 6, 8]
    assert np.isnan(means[0, [0, 5]]).all()


def held(*earned: int) -> tuple[int, bool]:
    standing = rules.movement(np.array([earned]), TABLE.movement)
    return int(standing.tier[0]), bool(standing.watch[0])


@pytest.mark.parametrize(
    ("earned", "expected"),
    [
        ((0, 0), (0, False)),
        ((3,), (3, False)),
        ((3, 5), (5, False)),  # up at once
        ((5, 4, 4, 4), (5, False)),  # three months below
        ((5, 4, 4, 4, 4), (5, True)),  # on watch from the fourth
        ((5, 4, 4, 4, 4, 5), (5, False)),  # released
        ((5, 4, 4, 4, 4, 4, 4), (5, True)),  # the third month of watch
        ((5, 4, 4, 4, 4, 4, 4, 4), (4, False)),  # down
        ((5, 2, 2, 2, 4, 2, 2, 2), (4, False)),  # to the best of the last six months
        ((5, 4, 2, 2, 2, 2, 2, 2), (2, False)),  # the first month below is not among the last six
        ((5, 4, 4, 0, 0, 4, 4), (5, True)),  # a month nobody told neither counts nor releases
        ((5, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3), (4, True)),  # below again, from the new tier
        ((0, 4, 0), (4, False)),
    ],
)
def test_tiers_move(earned: tuple[int, ...], expected: tuple[int, bool]) -> None:
    assert held(*earned) == expected


@given(st.lists(st.lists(st.integers(0, 5), min_size=12, max_size=12), min_size=1, max_size=6))
def test_a_tier_is_never_below_what_the_last_month_earns_nor_above_all_it_ever_earned(months: list[list[int]]) -> None:
    earned = np.array(months)
    standing = rules.movement(earned, TABLE.movement)
    assert (standing.tier >= earned[:, -1]).all()
    assert (standing.tier <= earned.max(axis=1)).all()
    assert not (standing.watch & (standing.tier == 0)).any()
    alone = [rules.movement(earned[[row]], TABLE.movement).tier[0] for row in range(len(earned))]
    assert standing.tier.tolist() == alone  # each client by itself


@pytest.mark.parametrize(
    ("since", "day", "expected"),
    [
        ("2025-11-21", "2026-11-21", 12),
        ("2025-11-22", "2026-11-21", 11),
        ("2022-11-21", "2026-11-21", 48),
        ("2026-11-21", "2026-11-21", 0),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
    ],
)
def test_months_are_those_of_the_calendar(since: str, day: str, expected: int) -> None:
    today = date.fromisoformat(day)
    found = rules.whole_months(column((today - date.fromisoformat(since)).days, NAN), today)
    assert found[0] == expected
    assert np.isnan(found[1])


def test_months_below_the_tier_are_counted_among_the_known() -> None:
    series = np.array([[NAN] * 9 + [199_999.0, 200_000.0, 10.0], [NAN] * 12, [1.0] * 12, [5.0] * 12])
    below = rules.months_below(series, np.array([3, 3, 1, 0]), CUTS)
    assert below[[0, 2]].tolist() == [2, 0]
    assert np.isnan(below[[1, 3]]).all()


@pytest.mark.parametrize(
    ("q", "k", "expected"),
    [(4, 6, 2), (9, 9, 2), (4, 5, 1), (3, 6, 1), (1, 2, 0), (0, 0, 0), (2, 2, 1), (1, 3, 1), (0, 9, 1), (9, 0, 1)],
)
def test_familiarity_needs_contact_and_knowledge(q: float, k: float, expected: int) -> None:
    assert rules.familiarity(column(q), column(k), TABLE.knowing)[0] == expected


@pytest.mark.parametrize(("age", "holds"), [(0, True), (180, True), (181, False), (-1, False), (NAN, False)])
def test_the_managers_word_lapses_after_180_days(age: float, holds: bool) -> None:
    used, own = rules.overridden(np.array([0]), column(2), column(age), TABLE.knowing)
    assert (used[0], own[0]) == ((2, True) if holds else (0, False))


GROUPS = [
    (5, 2, 1, 14),
    (4, 2, 1, 30),
    (5, 1, 2, 14),
    (4, 1, 2, 21),
    (5, 0, 3, 10),
    (4, 0, 3, 21),
    (3, 2, 4, 60),
    (2, 2, 4, 90),
    (3, 1, 5, 45),
    (2, 1, 5, 90),
    (3, 0, 6, 45),
    (2, 0, 6, 90),
    (1, 2, 7, 180),
    (1, 1, 8, 180),
    (1, 0, 9, NAN),
    (0, 2, 0, NAN),
]


@pytest.mark.parametrize(("tier", "known", "group", "cadence"), GROUPS)
def test_the_nine_groups_and_their_cadences(tier: int, known: int, group: int, cadence: float) -> None:
    found = rules.group_of(np.array([tier]), np.array([known]), TABLE.bands)
    assert found[0] == group
    assert rules.cadence_of(np.array([tier]), found, TABLE)[0] == pytest.approx(cadence, nan_ok=True)


def loyalty(tenure: float, kinds: float, below: float, referrals: float) -> float:
    return float(rules.loyalty(column(tenure), column(kinds), column(below), column(referrals), TABLE)[0])


@pytest.mark.parametrize(
    ("tenure", "kinds", "below", "referrals", "expected"),
    [
        (10, 5, 0, 3, 1.0),
        (40, 12, 0, 9, 1.0),
        (5, 0, 6, 0, 0.175),
        (0, 1, 12, 0, 0.05),
        (0, 0, 3, 1, 0.125 + 0.05),
        (NAN, NAN, NAN, 3, 0.15),  # what is unknown earns nothing
        (10, NAN, NAN, 0, 0.35),
    ],
)
def test_loyalty_is_earned_by_behaviour(
    tenure: float, kinds: float, below: float, referrals: float, expected: float
) -> None:
    assert loyalty(tenure, kinds, below, referrals) == pytest.approx(expected)


@given(st.floats(0, 50), st.floats(0, 9), st.floats(0, 12), st.floats(0, 9), st.floats(0, 9))
def test_loyalty_never_falls_with_more_of_anything_good(
    tenure: float, kinds: float, below: float, referrals: float, more: float
) -> None:
    base = loyalty(tenure, kinds, below, referrals)
    assert 0 <= base <= 1
    assert loyalty(tenure + more, kinds, below, referrals) >= base - 1e-12
    assert loyalty(tenure, kinds + more, below, referrals) >= base - 1e-12
    assert loyalty(tenure, kinds, below, referrals + more) >= base - 1e-12
    assert loyalty(tenure, kinds, below + more, referrals) <= base + 1e-12


@pytest.mark.parametrize(
    ("answers", "low", "high"),
    [
        ((1, 1, 1), 1, 1),
        ((1, 1, 0), 2, 2),
        ((1, 0, 1), 3, 3),
        ((0, 1, 1), 3, 3),
        ((0, 0, 1), 4, 4),
        ((0, 1, 0), 4, 4),
        ((1, 0, 0), 4, 4),
        ((0, 0, 0), 5, 5),
        ((NAN, NAN, NAN), 1, 5),
        ((1, NAN, 1), 1, 3),
        ((1, 1, NAN), 1, 2),
        ((NAN, 0, 0), 4, 5),
    ],
)
def test_an_unknown_answer_makes_the_difficulty_a_range(answers: tuple[float, ...], low: int, high: int) -> None:
    found = rules.man(*(column(answer) for answer in answers), TABLE.coefficients)
    assert (found[0][0], found[1][0]) == (low, high)


@pytest.mark.parametrize(
    ("days", "expected"), [(0, 5), (30, 5), (31, 4), (60, 4), (90, 3), (180, 2), (181, 1), (NAN, 0)]
)
def test_recency_breaks(days: float, expected: int) -> None:
    assert rules.recency_class(column(days), TABLE.recency_days)[0] == expected


@pytest.mark.parametrize(
    ("months", "expected"), [(12, 5), (10, 5), (9, 4), (7, 4), (6, 3), (4, 3), (1, 2), (0, 1), (NAN, 0)]
)
def test_frequency_breaks(months: float, expected: int) -> None:
    assert rules.frequency_class(column(months), TABLE.active_months)[0] == expected


def test_quintiles_need_enough_clients_and_leave_the_unknown_out() -> None:
    assert rules.quintiles(np.arange(24.0), TABLE.least_clients) is None
    found = rules.quintiles(np.append(np.arange(25.0), NAN), TABLE.least_clients)
    assert found is not None
    assert np.bincount(found).tolist() == [1, 5, 5, 5, 5, 5]
    assert found[24] == 5


def test_equal_values_share_the_higher_class() -> None:
    values = column(*[1.0] * 20, *[2.0] * 5, 3.0)
    found = rules.quintiles(values, TABLE.least_clients)
    assert found is not None
    assert found.tolist() == [4] * 20 + [5] * 6


@given(st.lists(st.integers(0, 40).map(float), min_size=25, max_size=80))
def test_a_higher_value_is_never_in_a_lower_class(values: list[float]) -> None:
    found = rules.quintiles(np.array(values), 25)
    assert found is not None
    pairs = sorted(zip(values, found.tolist(), strict=True))
    assert [one for _value, one in pairs] == sorted(one for _value, one in pairs)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ((60, 10, 10, 10, 10), 0.6),
        ((1, 1, 1, 1, 1), 0.2),
        ((8, 1, 1), 0.6 * 8 / 10),  # a fifth of three clients is six tenths of one
        ((50, NAN, 10, 20, 10, 10), 0.5),
        ((NAN,), None),
        ((), None),
        ((0, 0), None),
    ],
)
def test_the_share_of_the_top_fifth(amounts: tuple[float, ...], expected: float | None) -> None:
    assert rules.top_share(column(*amounts), TABLE.top) == (None if expected is None else pytest.approx(expected))
