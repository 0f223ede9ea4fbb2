"""Domain §14: who is new, the ratio of shares, and which cadence gives way first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.services.fairness import rules
from rmdesk.services.fairness.rules import Cell, Part

BOTH = Part(new=1, existing=1)  # somebody on each side
WORKED = st.integers(30, 60)
CELLS = st.lists(
    st.builds(
        Cell,
        st.sampled_from(["T1", "T2", "T3", "T4", "T5"]),
        st.sampled_from([10, 14, 21, 30, 45, 60, 90, 180]),
        st.integers(1, 400),
        st.just(("G1",)),
    ),
    max_size=8,
)


def cell(tier: str, days: int, clients: int) -> Cell:
    return Cell(tier, days, clients, ("G5",))


def test_the_ratio_is_the_share_of_the_money_over_the_share_of_the_aum() -> None:
    assert rules.ratio(Part(new=29, existing=71), Part(new=0, existing=50), BOTH) == pytest.approx(0.71)
    assert rules.ratio(Part(new=10, existing=90), Part(new=10, existing=90), BOTH) == pytest.approx(1)
    assert rules.ratio(Part(), Part(1, 1), BOTH) is None
    assert rules.ratio(Part(1, 1), Part(1, 0), BOTH) is None


@pytest.mark.parametrize("held", [Part(0, 5), Part(5, 0), Part(0, 0, 9)])
def test_where_one_side_has_no_clients_there_is_no_ratio(held: Part) -> None:
    assert rules.ratio(Part(new=1, existing=99), Part(new=0, existing=100), held) is None


@settings(max_examples=40)
@given(*[st.integers(0, 10**12)] * 4)
def test_what_existing_clients_get_more_never_lowers_the_ratio(new: int, old: int, more: int, unknown: int) -> None:
    aum = Part(3, 7)
    before, after = (rules.ratio(Part(new, old + add, unknown), aum, BOTH) for add in (0, more))
    assert before is None or (after is not None and after >= before - 1e-12)
    assert rules.ratio(Part(new, old), aum, BOTH) == before  # of whom nothing is known takes no side


def test_contacts_a_working_day_follow_from_the_cadences() -> None:
    assert rules.needed([cell("T3", 45, 90), cell("T5", 10, 20)], 60, 40) == pytest.approx((2 + 2) * 60 / 40)
    assert rules.needed([], 60, 40) == 0


@pytest.mark.parametrize(
    ("overdue", "needed", "measured", "days"),
    [(140, 11.0, 12.0, 140), (141, 11.0, 13.0, 71), (0, 12.0, 11.0, 0), (0, 1.0, None, 0), (3, 5.0, 5.0, None),
     (3, 5.0, 4.0, None), (3, 5.0, None, None)],
)  # fmt: skip
def test_a_backlog_is_caught_up_by_what_the_pace_leaves_over(
    overdue: int, needed: float, measured: float | None, days: int | None
) -> None:
    assert rules.catch_up(overdue, needed, measured) == days


def test_the_lower_tier_gives_way_first_and_the_highest_never() -> None:
    cells = [cell("T5", 14, 28), cell("T3", 45, 90), cell("T2", 90, 90)]
    found = rules.changes(cells, 60, 40, measured=6.4)
    assert [(one.cell.tier, one.cell.days, one.to_days) for one in found] == [("T2", 90, 120), ("T3", 45, 60)]
    assert found[-1].needed <= 6.45
    little = rules.changes(cells, 60, 40, measured=0.5)
    assert "T5" not in {one.cell.tier for one in little}
    assert (little[-1].cell.tier, little[-1].to_days) == ("T2", None)  # at last by event invitation


@settings(max_examples=40)
@given(CELLS, WORKED, st.floats(0, 50))
def test_suggestions_add_up_and_stop_as_soon_as_the_cadences_fit(
    cells: list[Cell], worked: int, measured: float
) -> None:
    asked = rules.needed(cells, 60, worked)
    found = rules.changes(cells, 60, worked, measured)
    left = asked
    for one in found:
        assert left > measured  # nothing gives way without need
        assert one.saves > 0
        left -= one.saves
        assert one.needed == pytest.approx(left)
    assert not found or left >= -1e-9
    if asked <= measured:
        assert found == ()
