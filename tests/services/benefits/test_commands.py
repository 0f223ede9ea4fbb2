"""Domain §12: yearly counts that never go below zero, uses recorded offline, a second use on another desk settled."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Topic
from rmdesk.services.benefits import queries, rules
from rmdesk.services.benefits.commands import EditUse, RemoveUse, SettleUse, UseBenefit
from rmdesk.services.benefits.queries import BenefitRow
from rmdesk.services.benefits.tables import benefits
from rmdesk.services.store.store import Store
from rmdesk.services.timeline.queries import timeline_of
from tests.conftest import TODAY
from tests.services.clubs.arrange import members, of
from tests.services.clubs.test_commands import join
from tests.support.build import perform


@pytest.fixture
def desk(store: Store) -> Store:
    members(store, RICH=(12, 12, 12, 12), WEALTHY=(2, 2, 2, 2), POOR=(0, 0, 0, 0))
    return store


def row(store: Store, number: str, code: str, day: date = TODAY) -> BenefitRow:
    found = store.read(queries.benefits_of, of(store, number), day)
    return next(one for one in found if one.code == code)


@settings(max_examples=40)
@given(st.integers(0, 20), st.sets(st.integers(1, 25), max_size=25))
def test_the_count_never_goes_below_zero(count: int, taken: set[int]) -> None:
    assert rules.left(count, len(taken)) >= 0
    turn = rules.next_turn(taken, count)
    assert turn is None or (turn not in taken and 1 <= turn <= count)
    assert (turn is None) is (set(range(1, count + 1)) <= taken)


def test_the_count_follows_tier_and_membership_and_the_higher_one_holds(desk: Store) -> None:
    wash = benefits()["car_wash"]
    assert row(desk, "RICH", "car_wash").count == wash.tiers[5]
    assert row(desk, "WEALTHY", "car_wash").count == wash.tiers[4]
    assert desk.read(queries.benefits_of, of(desk, "POOR")) == ()
    join(desk, "RICH")
    assert row(desk, "RICH", "car_wash").count == wash.member
    assert wash.member > wash.tiers[5]


def test_uses_count_down_and_at_zero_the_next_is_refused(desk: Store) -> None:
    client = of(desk, "WEALTHY")
    count = row(desk, "WEALTHY", "lounge").count
    for at in range(count):
        desk.perform(UseBenefit(client, "lounge", TODAY - timedelta(at), "禄口机场"))
    assert (row(desk, "WEALTHY", "lounge").used, row(desk, "WEALTHY", "lounge").left) == (count, 0)
    with pytest.raises(Refused, match="Nothing is left"):
        desk.perform(UseBenefit(client, "lounge"))
    desk.perform(UseBenefit(client, "lounge", date(2025, 12, 30)))  # another year has its own count
    first = desk.read(queries.uses_of, client)[0]
    desk.perform(RemoveUse(first.id))
    assert desk.perform(UseBenefit(client, "lounge")).result
    with pytest.raises(Refused, match="stays in its year"):
        desk.perform(EditUse(desk.read(queries.uses_of, client)[0].id, date(2025, 12, 31)))
    lounge = next(one for one in desk.read(queries.used) if one.code == "lounge")
    assert (lounge.uses, lounge.clients, lounge.cost_minor) == (count, 1, count * 150_00)


def test_a_right_that_became_smaller_leaves_zero_and_not_less(desk: Store) -> None:
    join(desk, "WEALTHY", date(2026, 11, 2))
    clock.fix(TODAY)
    for at in range(5):
        desk.perform(UseBenefit(of(desk, "WEALTHY"), "car_wash", TODAY - timedelta(at)))
    clock.fix(date(2026, 12, 1))
    perform(desk, lambda work: work.bulk("DELETE FROM club_term", topics={Topic.CLUBS}))
    shown = row(desk, "WEALTHY", "car_wash")
    assert (shown.count, shown.used, shown.left) == (2, 5, 0)


def test_memberships_and_uses_stand_in_the_timeline(desk: Store) -> None:
    join(desk, "RICH")
    desk.perform(UseBenefit(of(desk, "RICH"), "cinema", TODAY, "大华影城"))
    told = {(one.title.said, one.text) for one in desk.read(timeline_of, of(desk, "RICH"))}
    assert told >= {("Sunshine Club: Joins", "老会员"), ("Used: Cinema", "大华影城")}


def test_wrong_days_and_benefits_are_refused(desk: Store) -> None:
    client = of(desk, "RICH")
    for wrong, field in (
        (UseBenefit(client, "yacht"), "benefit"),
        (UseBenefit(client, "cinema", TODAY + timedelta(1)), "on"),
        (UseBenefit(client, "cinema", TODAY - timedelta(400)), "on"),
    ):
        with pytest.raises(Refused) as refused:
            desk.perform(wrong)
        assert refused.value.field == field


def told_twice(store: Store, use: str, on: date) -> None:
    """As a round with the hub leaves it: the other desk's version of the turn waits on the record."""
    waits = {
        f"{at:032x}": {"field": field, "value": value, "by": "b" * 32, "device": "d" * 32, "at": "", "base": 0}
        for at, (field, value) in enumerate((("on", on.isoformat()), ("place", "南站贵宾厅"), ("entered_at", "x")))
    }
    columns = "entity, entity_id, wire_id, state, conflicts"
    perform(store, lambda work: work.bulk(
        f"INSERT INTO sync_record ({columns}) VALUES ('benefit_use', ?, ?, 'clean', ?)",
        (use, "c" * 32, json.dumps(waits, sort_keys=True)), topics={Topic.SYNC},
    ))  # fmt: skip


def test_a_second_use_takes_the_next_turn_and_none_when_nothing_is_left(desk: Store) -> None:
    client = of(desk, "WEALTHY")
    use = desk.perform(UseBenefit(client, "lounge", TODAY, "禄口机场")).result
    told_twice(desk, use, TODAY - timedelta(3))
    (shown,) = desk.read(queries.uses_of, client)
    assert shown.open
    assert shown.versions == ("2026-11-18 · 南站贵宾厅",)
    done = desk.perform(SettleUse(use, second=True))
    found = sorted(desk.read(queries.uses_of, client), key=lambda one: one.turn)
    assert [(one.turn, one.on, one.place, one.open) for one in found] == [
        (1, TODAY, "禄口机场", False), (2, TODAY - timedelta(3), "南站贵宾厅", False)
    ]  # fmt: skip
    assert row(desk, "WEALTHY", "lounge").left == 0
    assert done.inverse is not None
    desk.perform(done.inverse)
    assert [one.open for one in desk.read(queries.uses_of, client)] == [True]
    desk.perform(UseBenefit(client, "lounge", TODAY))
    with pytest.raises(Refused, match="Nothing is left"):
        desk.perform(SettleUse(use, second=True))
    desk.perform(SettleUse(use, second=False))  # then it was one use, told twice
    assert [one.open for one in desk.read(queries.uses_of, client)] == [False, False]
    with pytest.raises(Refused, match="settled already"):
        desk.perform(SettleUse(use, second=False))
