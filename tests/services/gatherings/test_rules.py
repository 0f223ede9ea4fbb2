"""Domain §12: where an invitation stands, what a guest cost, what counts as coming of an event."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.models.kinds import GatheringState
from rmdesk.services.gatherings import rules
from rmdesk.services.gatherings.rules import Stand

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("invited", "reply", "came", "stand"),
    [
        (None, None, None, Stand.LISTED),
        (DAY, None, None, Stand.INVITED),
        (DAY, "yes", None, Stand.YES),
        (DAY, "maybe", None, Stand.MAYBE),
        (DAY, "no", None, Stand.NO),
        (DAY, "no", True, Stand.CAME),
        (None, None, False, Stand.ABSENT),
    ],
)
def test_what_was_seen_counts_before_what_was_said(
    invited: date | None, reply: str | None, came: bool | None, stand: Stand
) -> None:
    assert rules.stand(invited, reply, came) is stand


@settings(max_examples=40)
@given(st.integers(0, 10**9), st.integers(0, 300), st.integers(0, 300))
def test_the_cost_is_shared_among_all_who_came(cost: int, heads: int, guests: int) -> None:
    each, whole = rules.per_head(cost, heads, guests), max(heads, guests)
    assert (each is None) is (whole == 0)
    assert each is None or abs(each * whole - cost) * 2 <= whole
    assert rules.per_head(None, heads, guests) is None  # unknown is not zero


@pytest.mark.parametrize(("days", "counts"), [(0, False), (1, True), (30, True), (31, False), (-1, False)])
def test_what_comes_of_an_event_comes_after_it(days: int, counts: bool) -> None:
    assert rules.within(DAY, DAY + timedelta(days), 30) is counts


def test_what_was_held_is_a_fact() -> None:
    able = {(a, b) for a in GatheringState for b in GatheringState if rules.may(a, b)}
    assert not [pair for pair in able if pair[0] is GatheringState.HELD]
    assert (GatheringState.CANCELLED, GatheringState.PLANNED) in able
