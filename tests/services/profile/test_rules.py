"""How complete a profile is, how long a confirmation counts, and who is a child."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.profile import rules
from rmdesk.services.profile.rules import Known

TODAY = date(2026, 11, 21)
NAMES = [entry.name for entry in rules.weighed(company=False)]


@pytest.mark.parametrize(
    ("confirmed", "fresh"),
    [
        (date(2026, 11, 21), True),
        (date(2025, 11, 21), True),
        (date(2025, 11, 20), False),
        (None, False),
    ],
)
def test_a_confirmation_counts_for_twelve_months(confirmed: date | None, fresh: bool) -> None:
    assert rules.is_fresh(confirmed, TODAY) is fresh


def test_a_leap_day_counts_until_the_last_of_february() -> None:
    assert rules.is_fresh(date(2024, 2, 29), date(2025, 2, 28))
    assert not rules.is_fresh(date(2024, 2, 29), date(2025, 3, 1))
    assert rules.months_later(date(2026, 8, 31), 1) == date(2026, 9, 30)


def test_all_filled_and_fresh_is_complete_and_nothing_is_zero() -> None:
    whole = [Known(name, True, TODAY) for name in NAMES]
    assert rules.completeness(whole, TODAY) == rules.Completeness(100, ())
    none = rules.completeness([], TODAY)
    assert none.percent == 0
    assert {one.field for one in none.missing} == set(NAMES)
    assert [one.weight for one in none.missing] == sorted((one.weight for one in none.missing), reverse=True)


def test_the_percentage_is_the_weighed_share() -> None:
    weights = {entry.name: entry.weight for entry in rules.weighed(company=False)}
    known = [Known("likes", True, TODAY), Known("wechat", True, TODAY), Known("taboos", True, date(2020, 1, 1))]
    found = rules.completeness(known, TODAY)
    assert found.percent == round(100 * (weights["likes"] + weights["wechat"]) / sum(weights.values()))
    taboos = next(one for one in found.missing if one.field == "taboos")
    assert taboos.stale
    assert not next(one for one in found.missing if one.field == "phone").stale


def test_a_company_is_not_asked_for_its_family() -> None:
    asked = {entry.name for entry in rules.weighed(company=True)}
    assert "kyc.family.present" not in asked
    assert "birth_date" not in asked
    assert "kyc.career.present" in asked


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.booleans(), st.integers(0, 900)), unique_by=lambda one: one[0]))
def test_filling_or_confirming_never_lowers_it(found: list[tuple[str, bool, int]]) -> None:
    known = [Known(name, filled, TODAY - timedelta(ago)) for name, filled, ago in found]
    before = rules.completeness(known, TODAY)
    assert 0 <= before.percent <= 100
    for at, one in enumerate(known):
        better = [*known[:at], Known(one.name, True, TODAY), *known[at + 1 :]]
        assert rules.completeness(better, TODAY).percent >= before.percent


@pytest.mark.parametrize(
    ("birth", "child"),
    [
        ("2012-11-21", False),  # fourteen today
        ("2012-11-22", True),
        ("2020-01-01", True),
        ("2012-11", True),  # perhaps on the 30th
        ("2012", True),
        ("2011", False),
        ("---05-01", False),
        ("1975-08-18", False),
        (None, False),
    ],
)
def test_a_child_is_under_fourteen(birth: str | None, child: bool) -> None:
    assert rules.is_child(birth, TODAY) is child


def test_of_a_child_month_and_day_are_shown() -> None:
    assert rules.shown_birth("2018-05-01", TODAY) == "---05-01"
    assert rules.shown_birth("2018-05", TODAY) == ""
    assert rules.shown_birth("1975-08-18", TODAY) == "1975-08-18"
    assert rules.shown_birth(None, TODAY) == ""
