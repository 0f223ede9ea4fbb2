"""The pure rules: late entries, the contact clock, times as typed, marketing touches."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.visits import rules

DAY = date(2026, 11, 21)
VISITS = st.lists(
    st.tuples(
        st.dates(DAY - timedelta(400), DAY + timedelta(40)),
        st.sampled_from(("held", "planned", "cancelled", "postponed")),
        st.booleans(),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("at", "hours", "late"),
    [("09:00", 23, False), ("09:00", 24, False), ("09:00", 25, True), (None, 24, False), (None, 40, True)],
)
def test_more_than_24_hours_make_a_late_entry(at: str | None, hours: int, late: bool) -> None:
    entered = datetime(2026, 11, 20, 9, tzinfo=UTC) + timedelta(hours=hours)
    assert rules.is_late(date(2026, 11, 20), at, entered) is late


@given(VISITS, st.randoms())
def test_the_order_of_entering_never_moves_the_last_contact(visits: list[tuple[date, str, bool]], dice: object) -> None:
    found = rules.last_contact(visits, DAY)
    shuffled = list(visits)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rules.last_contact(shuffled, DAY) == found
    assert found is None or (found <= DAY and (found, "held", True) in visits)


@given(VISITS, st.dates(DAY - timedelta(400), DAY), st.booleans())
def test_an_older_contact_or_an_unanswered_one_never_moves_it_back(
    visits: list[tuple[date, str, bool]], on: date, two_way: bool
) -> None:
    before = rules.last_contact(visits, DAY)
    after = rules.last_contact([*visits, (on, "held", two_way)], DAY)
    if not two_way:
        assert after == before
    else:
        assert after == (on if before is None else max(on, before))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("9:30", "09:30"), ("0930", "09:30"), ("930", "09:30"), ("9", "09:00"), ("23:59", "23:59"), ("9：05", "09:05"),
     ("", None), (None, None), ("14.15", "14:15")],
)  # fmt: skip
def test_times_as_they_are_typed(typed: str | None, kept: str | None) -> None:
    assert rules.time_of(typed) == kept


@pytest.mark.parametrize("typed", ["24:00", "9:60", "noon", "12:345", "-1", "٩"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.time_of(typed)
    assert refused.value.field == "at"


@pytest.mark.parametrize(
    ("typed", "minutes"), [("45", 45), ("45 min", 45), ("45分钟", 45), ("1h", 60), ("1.5 小时", 90), ("", None)]
)
def test_lengths_as_they_are_typed(typed: str, minutes: int | None) -> None:
    assert rules.typed_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["long", "0", "9999", "-5", "1e3"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.typed_minutes(typed)
    assert refused.value.field == "minutes"


@given(st.text(max_size=8))
def test_whatever_is_typed_is_a_time_or_refused(typed: str) -> None:
    try:
        found = rules.time_of(typed)
    except Refused:
        return
    assert found is None or f"{time.fromisoformat(found):%H:%M}" == found


def test_a_time_of_today_still_to_come_is_refused_but_for_a_moment() -> None:
    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    rules.check_held(DAY, "09:40", now)
    with pytest.raises(Refused) as refused:
        rules.check_held(DAY, "10:30", now)
    assert refused.value.field == "at"
    rules.check_held(DAY - timedelta(1), "23:00", now)


@given(st.lists(st.dates(DAY - timedelta(40), DAY + timedelta(40)), max_size=6), st.dates(DAY, DAY + timedelta(5)))
def test_marketing_is_full_when_some_window_would_hold_too_many(days: list[date], on: date) -> None:
    most, window = 2, 30
    whole = sorted([*days, on])
    worst = max(sum(first <= one < first + timedelta(window) for one in whole) for first in whole)
    if rules.touches_full(days, on, most, window):
        assert worst > most
    elif not any(rules.touches_full([*days[:at], *days[at + 1:], on], one, most, window)
                 for at, one in enumerate(days)):  # fmt: skip
        assert worst <= most
