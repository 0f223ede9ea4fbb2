"""The limits of group clients (domain §13): light, capital, circles, tree."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.services.groups import rules
from rmdesk.services.groups.rules import ORDER, Amount, Light
from rmdesk.services.groups.tables import table

STEPS = (80, 90, 100)


@pytest.mark.parametrize(
    ("total", "light"),
    [
        (7999, "green"), (8000, "watch"), (8999, "watch"), (9000, "near"), (9999, "near"), (10000, "reached"),
        (20000, "reached"),
    ],
)  # fmt: skip
def test_the_light_changes_at_80_90_and_100_percent(total: int, light: str) -> None:
    assert rules.light(Amount(total), 10_000, STEPS, stale=False) == light
    assert rules.light(Amount(total), None, STEPS, stale=False) is Light.UNKNOWN


@settings(max_examples=50)
@given(st.integers(0, 20_000), st.booleans(), st.booleans(), st.integers(0, 5_000))
def test_a_stale_capital_or_an_unknown_exposure_never_shows_green_and_more_is_never_safer(
    total: int, at_least: bool, stale: bool, more: int
) -> None:
    light = rules.light(Amount(total, at_least), 10_000, STEPS, stale=stale)
    assert not (light is Light.GREEN and (stale or at_least))
    assert ORDER.index(rules.light(Amount(total + more, at_least), 10_000, STEPS, stale=stale)) >= ORDER.index(light)


@pytest.mark.parametrize(
    ("on", "day", "stale"),
    [
        (date(2026, 6, 30), date(2026, 9, 30), False),
        (date(2026, 6, 30), date(2026, 10, 1), True),
        (date(2026, 9, 30), date(2026, 12, 31), False),
        (date(2026, 11, 30), date(2027, 2, 28), False),
        (date(2026, 11, 15), date(2027, 2, 15), False),
        (date(2026, 11, 15), date(2027, 2, 16), True),
    ],
)
def test_a_capital_figure_is_stale_after_a_quarter(on: date, day: date, stale: bool) -> None:
    assert rules.stale_capital(on, day, table().capital_months) is stale


def test_both_limit_rules_are_data_with_their_source() -> None:
    assert [(one.of, one.whose, one.percent) for one in table().limits] == [
        ("net", "group", 15), ("tier1", "group", 20), ("tier1", "single", 15),
    ]  # fmt: skip
    assert all(one.source for one in table().limits)
    assert rules.limit_of(999, 15) == 149
    assert set(table().kinds) == {
        "loan", "trade_finance", "bills", "leasing", "overdraft", "advances", "acceptances", "letters_of_credit",
        "guarantees", "commitments",
    }  # fmt: skip


def test_loans_told_by_the_bank_and_noted_here_count_once_the_larger_of_both() -> None:
    factors = {"loan": 100, "bills": 50}
    noted = {"loan": Amount(70), "bills": Amount(11)}
    assert rules.counted(noted, Amount(90), factors, "loan") == Amount(90 + 6)
    assert rules.counted(noted, None, factors, "loan") == Amount(70 + 6)
    assert rules.counted({}, Amount(0, True), factors, "loan") == Amount(0, True)


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ("AB BC CA", ["ABC"]),
        ("AB BA BC CB", ["AB", "BC"]),
        ("AB BC CD", []),
        ("AB BC CA CD DC", ["ABC", "CD"]),
        ("AB AC BD CD", []),
    ],
)
def test_circles_of_guarantees_are_found_and_named(pairs: str, found: list[str]) -> None:
    assert ["".join(circle) for circle in rules.circles((a, b) for a, b in pairs.split())] == found


PAIRS = st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")), max_size=14)


@settings(max_examples=50)
@given(PAIRS)
def test_each_circle_closes_and_whoever_is_in_one_is_named(pairs: list[tuple[str, str]]) -> None:
    found = rules.circles(pairs)
    for circle in found:
        assert all((one, other) in pairs for one, other in zip(circle, circle[1:] + circle[:1], strict=True))
    reach = {one: {one} for one in "ABCDEF"}
    for _round in "ABCDEF":
        for one, other in pairs:
            for start in reach.values():
                if one in start:
                    start.add(other)
    inside = {one for one, other in pairs if one in reach[other]}
    assert {one for circle in found for one in circle} == inside


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.none() | st.sampled_from("ABCDX")), max_size=9))
def test_each_place_of_a_tree_comes_once_below_the_one_above_it(places: list[tuple[str, str | None]]) -> None:
    order = rules.in_order(places)
    assert sorted(at for at, _depth in order) == list(range(len(places)))
    for number, (at, depth) in enumerate(order):
        if depth:
            above = max(before for before in range(number) if order[before][1] == depth - 1)
            assert places[order[above][0]][0] == places[at][1]
