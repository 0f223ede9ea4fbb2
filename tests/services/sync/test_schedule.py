"""When a desk syncs next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.sync import schedule
from rmdesk.services.sync.schedule import AFTER_EDIT, AT_MOST, EVERY, LONGEST_WAIT, SPREAD


def least(low: float, high: float) -> float:
    return low


def most(low: float, high: float) -> float:
    return high


def rested() -> schedule.Schedule:
    return schedule.succeeded(schedule.begun(0.0), 0.0, 0.0, EVERY, most)


def test_at_once_when_the_desk_is_unlocked() -> None:
    assert schedule.begun(5.0).next_at == 5.0


def test_soon_after_the_last_edit_and_not_for_ever_later() -> None:
    plan = rested()
    for second in range(0, 200, 10):
        plan = schedule.edited(plan, float(second))
    assert plan.next_at == AT_MOST
    assert schedule.edited(rested(), 3.0).next_at == 3.0 + AFTER_EDIT


def test_what_was_edited_during_a_round_is_still_told_soon() -> None:
    plan = schedule.edited(schedule.edited(rested(), 10.0), 31.0)
    assert schedule.succeeded(plan, 30.0, 35.0, EVERY, most).next_at == 31.0 + AFTER_EDIT
    assert schedule.succeeded(plan, 32.0, 35.0, EVERY, least).next_at == 35.0 + EVERY * (1 - SPREAD)


def test_the_hub_says_when_it_would_like_to_hear_again() -> None:
    assert schedule.succeeded(schedule.begun(0.0), 0.0, 100.0, 60.0, most).next_at == 100.0 + 60 * (1 + SPREAD)


def test_failures_make_it_rarer_and_edits_do_not_hurry_it() -> None:
    plan, now, waits = schedule.begun(0.0), 0.0, []
    for _turn in range(12):
        plan = schedule.failed(plan, now, "hub_unreachable", 0, most)
        waits.append(plan.next_at - now)
        assert schedule.edited(plan, now).next_at == plan.next_at
        now = plan.next_at
    assert waits == sorted(waits)
    assert waits[0] <= 10
    assert waits[-1] == LONGEST_WAIT
    assert schedule.wanted(plan, now).next_at == now  # a hand on the button is never told to wait
    assert schedule.succeeded(plan, now, now, EVERY, least).wait == 0


def test_what_trying_again_cannot_help_is_tried_rarely() -> None:
    assert schedule.failed(schedule.begun(0.0), 0.0, "too_old", 0, least).next_at == LONGEST_WAIT


@given(st.floats(0, 5000), st.floats(0, 5000), st.randoms(use_true_random=False))
def test_a_wait_is_never_shorter_than_asked_nor_longer_than_a_quarter_of_an_hour(before, asked, random) -> None:
    plan = schedule.Schedule(0.0, wait=before)
    wait = schedule.failed(plan, 0.0, "hub_busy", asked, random.uniform).next_at
    assert min(asked, LONGEST_WAIT) <= wait <= LONGEST_WAIT
