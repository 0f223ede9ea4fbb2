"""Satisfaction beside loyalty: the four stances and the trap."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.satisfaction import rules
from rmdesk.services.satisfaction.rules import Stance

shares = st.floats(0, 1)


@pytest.mark.parametrize(
    ("csat", "loyalty", "stance"),
    [
        (4, 0.5, Stance.APOSTLE),
        (5, 0.49, Stance.MERCENARY),
        (3, 0.5, Stance.HOSTAGE),
        (1, 0.0, Stance.DEFECTOR),
        (None, 0.9, None),
        (5, None, None),
    ],
)
def test_the_four_stances(csat: int | None, loyalty: float | None, stance: Stance | None) -> None:
    assert rules.stance(csat, loyalty) is stance


@pytest.mark.parametrize(
    ("csat", "loyalty", "churn", "facts"),
    [(4, 0.39, 0.0, 2), (4, 0.4, 0.49, 0), (4, 0.4, 0.5, 2), (5, 0.1, 0.9, 3), (3, 0.0, 1.0, 0), (None, 0.0, 1.0, 0)],
)
def test_the_trap_names_its_facts(csat: int | None, loyalty: float, churn: float, facts: int) -> None:
    assert len(rules.trap(csat, loyalty, churn)) == facts


@given(csat=st.integers(1, 5), loyalty=shares, churn=shares)
def test_who_is_not_satisfied_is_in_no_trap_and_unknown_is_no_reason(csat: int, loyalty: float, churn: float) -> None:
    assert bool(rules.trap(csat, loyalty, churn)) == (csat >= 4 and (loyalty < 0.4 or churn >= 0.5))
    assert rules.trap(csat, None, None) == ()


def test_an_answer_is_fresh_for_a_year() -> None:
    assert rules.is_fresh(date(2025, 11, 20), date(2026, 11, 20))
    assert not rules.is_fresh(date(2025, 11, 19), date(2026, 11, 20))
