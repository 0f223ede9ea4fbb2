"""What counts against a limit: by recipient, client and year, with returned, unknown and foreign costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmdesk.base import clock
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ClientId, GiftState, RelationKind, new_id
from rmdesk.services.gifts import facts, rules
from rmdesk.services.gifts.commands import ReturnGift
from rmdesk.services.gifts.rules import Counted, Draft
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from tests.services.gifts import arrange
from tests.support.build import perform

TODAY = arrange.TODAY


def sums(store: Store, draft: Draft, year: int = 2026) -> facts.Sums:
    return store.read(facts.sums_of, year, draft.recipient, draft.client)


def keep(store: Store, client: ClientId, **fields: Any) -> None:
    """A gift put into the file as it is, past all rules."""
    given = {"state": "given", "title": "x", "currency": "CNY", "entered_at": clock.now()}
    perform(store, lambda work: work.add(Gift(id=new_id(), client_id=client, **given | fields)))


def test_two_gifts_on_one_day_both_count(store: Store) -> None:
    client = arrange.client(store)
    arrange.give(store, client, "青瓷茶则", 100)
    arrange.give(store, client, "湖笔一套", 50)
    assert sums(store, Draft(client, "x")).client == Counted(15_000)


def test_one_beneficiary_of_two_clients_has_one_limit(store: Store) -> None:
    first, second = arrange.client(store), arrange.client(store, "李文静")
    child = arrange.person(store, of=first)
    perform(store, lambda work: arrange.tie(work, RelationKind.PARENT, from_client_id=second, to_person_id=child))
    arrange.give(store, first, "儿童地球仪", 600, to_person=child)
    arrange.give(store, second, "亲子科学实验套装", 300, to_person=child)
    told = store.read(facts.facts_for, Draft(first, "备考钢笔", to_person=child, cost_minor=10_001))
    rooms = {room.name: room for room in told.rooms}
    assert rooms["recipient"].counted == Counted(90_000)
    assert rooms["recipient"].over(10_000) == 0
    assert rooms["recipient"].over(10_001) == 1
    assert rooms["client"].counted == Counted(60_000)
    assert rooms["budget"].counted == Counted(90_000)


def test_a_client_who_receives_for_another_has_one_limit_too(store: Store) -> None:
    first, second = arrange.client(store), arrange.client(store, "李文静")
    arrange.give(store, first, "青瓷茶则", 600, to_client=second)
    arrange.give(store, second, "湖笔一套", 300)
    assert sums(store, Draft(second, "x")).recipient == Counted(90_000)
    assert sums(store, Draft(second, "x")).client == Counted(30_000)


def test_the_year_changes_at_midnight(store: Store) -> None:
    client = arrange.client(store)
    clock.fix(date(2027, 1, 1))
    arrange.give(store, client, "青瓷茶则", 100, on=date(2026, 12, 31))
    arrange.give(store, client, "湖笔一套", 50, on=date(2027, 1, 1))
    assert sums(store, Draft(client, "x"), 2026).client == Counted(10_000)
    assert sums(store, Draft(client, "x"), 2027).client == Counted(5_000)


def test_a_plan_is_reserved_in_the_year_it_is_for(store: Store) -> None:
    client = arrange.client(store)
    arrange.plan(store, client, "青瓷茶则", 100, planned_for=date(2027, 1, 1))
    arrange.plan(store, client, "湖笔一套", 50)
    assert sums(store, Draft(client, "x"), 2026).client == Counted(reserved=5_000)
    assert sums(store, Draft(client, "x"), 2027).client == Counted(reserved=10_000)


def test_a_returned_gift_frees_the_limit(store: Store) -> None:
    client = arrange.client(store)
    gift = arrange.give(store, client, "青瓷茶则", 100)
    outcome = store.perform(ReturnGift(gift))
    assert sums(store, Draft(client, "x")).client == Counted()
    assert outcome.inverse is not None
    store.perform(outcome.inverse)
    assert sums(store, Draft(client, "x")).client == Counted(10_000)


def test_an_unknown_cost_and_a_lost_rate_are_not_zero(store: Store) -> None:
    client = arrange.client(store)
    keep(store, client, given_on=TODAY, cost_minor=None)
    keep(store, client, given_on=TODAY, cost_minor=1_000, currency="USD")
    assert sums(store, Draft(client, "x")).client == Counted(unknown=2)
    store.perform(ChangeSetting("general.fx_rates", {"USD": Decimal(7)}))
    assert sums(store, Draft(client, "x")).client == Counted(committed=7_000, unknown=1)


def test_a_gift_is_not_counted_against_itself(store: Store) -> None:
    client = arrange.client(store)
    gift = arrange.give(store, client, "青瓷茶则", 100)
    told = store.read(facts.facts_for, Draft(client, "青瓷茶则"), gift)
    assert all(room.counted == Counted() for room in told.rooms)
    assert told.past == ()


@pytest.mark.parametrize(
    "fields",
    [{"occupation": "税务局科长"}, {"kind": "company"}, {"employer": "海城机械有限公司"}, {"employer": "区政府办"}],
)
def test_officials_and_staff_have_the_stricter_limit(store: Store, fields: dict[str, str]) -> None:
    arrange.client(store, "海城机械有限公司", kind="company")
    client = arrange.client(store, "孙科", **fields)
    told = store.read(facts.facts_for, Draft(client, "x"))
    assert (told.rooms[0].rule, told.rooms[0].limit) == ("strict", 20_000)


def test_others_have_the_usual_limit(store: Store) -> None:
    client = arrange.client(store, occupation="工程师", employer="海城医院")
    told = store.read(facts.facts_for, Draft(client, "x"))
    assert (told.rooms[0].rule, told.rooms[0].limit) == ("recipient", 100_000)


def test_a_tie_to_a_company_client_is_enough_and_so_is_the_mark_of_an_official(store: Store) -> None:
    company = arrange.client(store, "海城机械有限公司", kind="company")
    client = arrange.client(store)
    staff, marked, child = (arrange.person(store), arrange.person(store, official=True), arrange.person(store))
    perform(store, lambda work: arrange.tie(work, RelationKind.EMPLOYER, from_client_id=company, to_person_id=staff))

    def strict(person: str) -> bool:
        return store.read(facts.is_strict, Draft(client, "x", to_person=person))  # type: ignore[arg-type]

    assert (strict(staff), strict(marked), strict(child)) == (True, True, False)


kinds = st.tuples(
    st.sampled_from(list(GiftState)),
    st.none() | st.integers(0, 50_000),
    st.none() | st.integers(-800, 60),
    st.booleans(),
)


@given(gifts=st.lists(kinds, max_size=12), year=st.sampled_from([2025, 2026, 2027]))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_counts_as_the_rules_do(
    store: Store, gifts: list[tuple[GiftState, int | None, int | None, bool]], year: int
) -> None:
    client = arrange.client(store)
    wanted = Counted()
    for state, cost, days, bought in gifts:
        planned = None if days is None else TODAY + timedelta(days)
        handed = planned if state in (GiftState.GIVEN, GiftState.NOTED) and planned and planned <= TODAY else None
        keep(store, client, state=state.value, cost_minor=cost, planned_for=planned, given_on=handed,
             bought_on=TODAY if bought else None)  # fmt: skip
        if rules.day_that_counts(handed, planned, TODAY).year != year:
            continue
        if rules.is_committed(state, bought):
            wanted += Counted(unknown=1) if cost is None else Counted(committed=cost)
        elif state in rules.RESERVED and cost is not None:
            wanted += Counted(reserved=cost)
    assert store.read(facts.sums_of, year, f"c{client}", client).client == wanted
