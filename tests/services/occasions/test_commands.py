"""Days are kept, corrected and removed, and nobody is greeted twice; everything can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Channel, ClientId, ClientStatus, RecordId
from rmdesk.services.occasions import queries
from rmdesk.services.occasions.commands import AddOccasion, EditOccasion, Greet, RemoveOccasion, UndoGreet
from rmdesk.services.occasions.details import Details, checked
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.occasions import arrange

LUNAR = Details(kind="birthday", calendar="lunar", year=1966, month=10, day=16)  # 2026-11-24
WEDDING = Details(kind="wedding", year=2001, month=11, day=27)
ON = date(2026, 11, 24)


def back_and_forth(store: Store, command: Any) -> Any:
    """Does it, takes it back, does it again: the rows are as before each time. Gives the outcome."""
    before = arrange.state(store)
    outcome = store.perform(command)
    after = arrange.state(store)
    assert outcome.inverse is not None
    undone = store.perform(outcome.inverse)
    assert arrange.state(store) == before
    assert undone.inverse is not None
    store.perform(undone.inverse)
    assert arrange.state(store) == after
    return outcome


def falls(store: Store, client: ClientId, first: date = TODAY, days: int = 400) -> list[tuple[date, str, str]]:
    found = store.read(queries.named, first, first + timedelta(days), (client,))
    return [(one.on, one.kind.value, one.calendar.value) for one in found]


def test_a_day_is_added_edited_and_removed(store: Store) -> None:
    client = arrange.client(store)
    added = back_and_forth(store, AddOccasion(client, LUNAR))
    assert falls(store, client)[0] == (ON, "birthday", "lunar")
    back_and_forth(store, EditOccasion(added.result, replace(LUNAR, day=17)))
    assert falls(store, client)[0] == (ON + timedelta(1), "birthday", "lunar")
    back_and_forth(store, RemoveOccasion(added.result))
    assert falls(store, client) == []


def test_removing_leaves_greetings_and_gifts_and_gives_them_back(store: Store) -> None:
    client = arrange.client(store)
    occasion = store.perform(AddOccasion(client, LUNAR)).result
    arrange.row(store, "Gift", client_id=client, occasion_id=occasion, state="idea", title="茶", entered_at=_now())
    store.perform(Greet(client, "birthday", ON, Channel.CHAT, "生日快乐", occasion))
    back_and_forth(store, RemoveOccasion(occasion))
    state = arrange.state(store)
    assert state["occasion"] == []
    assert len(state["greeting"]) == len(state["gift"]) == 1


def _now() -> Any:
    from rmdesk.base import clock

    return clock.now()


def test_the_banks_birthday_gives_way_to_the_one_that_is_kept(store: Store) -> None:
    client = arrange.client(store, birth_date="1966-11-28")
    assert falls(store, client)[0] == (date(2026, 11, 28), "birthday", "solar")
    added = store.perform(AddOccasion(client, LUNAR)).result
    assert falls(store, client, days=30) == [(ON, "birthday", "lunar")]
    store.perform(EditOccasion(added, replace(LUNAR, both=True)))  # 双过
    assert falls(store, client, days=30) == [(ON, "birthday", "lunar"), (date(2026, 11, 28), "birthday", "solar")]


@pytest.mark.parametrize("told", ["1966", "1966-11", "", "---02-30"])
def test_a_birth_date_without_a_day_is_no_occasion(store: Store, told: str) -> None:
    client = arrange.client(store, birth_date=told or None)
    assert falls(store, client) == []


def test_a_birth_date_without_a_year_has_no_age(store: Store) -> None:
    client = arrange.client(store, birth_date="---11-28")
    found = store.read(queries.named, TODAY, TODAY + timedelta(30), (client,))
    assert [(one.on, one.years) for one in found] == [(date(2026, 11, 28), None)]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (Details(month=2, day=30), "day"),
        (Details(month=4, day=31), "day"),
        (Details(month=13, day=1), "month"),
        (Details(month=0, day=1), "month"),
        (Details(month=1, day=0), "day"),
        (Details(year=2023, month=2, day=29), "day"),
        (Details(year=1850, month=1, day=1), "year"),
        (Details(year=2030, month=1, day=1), "year"),
        (Details(calendar="lunar", month=3, day=31), "day"),
        (Details(calendar="lunar", year=1980, month=6, day=1, leap=True), "leap"),
        (Details(calendar="lunar", year=2025, month=5, day=1, leap=True), "leap"),
        (Details(calendar="lunar", month=12, day=1, leap=True), "leap"),
        (Details(calendar="lunar", year=2025, month=6, day=30, leap=True), "day"),
        (Details(kind="relative_birthday", month=1, day=1), "person"),
        (Details(kind="custom", month=1, day=1), "title"),
        (Details(kind="festival", title="圣诞"), "festival"),
        (Details(kind="child_event", once=True, month=6, day=7), "year"),
        (Details(month=1, day=1, lead_days=91), "lead_days"),
        (Details(month=1, day=1, lead_days=-1), "lead_days"),
        (Details(kind="custom", title="密码是 123456", month=1, day=1), "title"),
        (Details(month=1, day=1, note="x" * 20_001), "note"),
    ],
)
def test_what_does_not_exist_is_refused_beside_its_field(store: Store, details: Details, field: str) -> None:
    client = arrange.client(store)
    with pytest.raises(Refused) as told:
        store.perform(AddOccasion(client, details))
    assert told.value.field == field
    assert told.value.said
    assert arrange.state(store)["occasion"] == []


def test_thirty_february_is_refused_in_words() -> None:
    with pytest.raises(Refused) as told:
        checked(Details(month=2, day=30), TODAY)
    assert told.value.said == "Month 2 has no day 30: it never ends later than on day 29."


@given(
    st.sampled_from(["solar", "lunar"]), st.one_of(st.none(), st.integers(1899, 2101)), st.integers(-1, 14),
    st.one_of(st.none(), st.integers(-1, 33)), st.booleans(), st.booleans(),
)  # fmt: skip
def test_whatever_is_kept_exists(
    calendar: str, year: int | None, month: int, day: int | None, leap: bool, both: bool
) -> None:
    from rmdesk.services.occasions import lunar, rules

    details = Details("wedding", calendar, year, month, day, leap, both=both)
    refused = None
    try:
        kept = checked(details, TODAY)
    except Refused as error:
        refused = error
    if refused is not None:
        assert refused.field in ("year", "month", "day", "leap")
        assert refused.said
        return
    assert checked(kept, TODAY) == kept
    if kept.day is not None and kept.year is not None and calendar == "solar":
        assert date(kept.year, kept.month, kept.day)
    if kept.day is not None and kept.year is not None and calendar == "lunar":
        assert lunar.to_solar(kept.year, kept.month, kept.day, kept.leap)
    asked = rules.OccasionDay(kept.month, kept.day, kept.calendar, leap=kept.leap, both=kept.both, kind=kept.kind)
    found = rules.occurrences(asked, TODAY, TODAY + timedelta(days=400))
    assert bool(found) == (kept.day is not None)


def test_a_slip_that_keeps_a_day_twice_is_refused(store: Store) -> None:
    client = arrange.client(store)
    first = store.perform(AddOccasion(client, LUNAR)).result
    with pytest.raises(Refused):
        store.perform(AddOccasion(client, replace(LUNAR, day=3)))
    store.perform(EditOccasion(first, replace(LUNAR, day=3)))  # itself is no other
    store.perform(AddOccasion(client, Details(kind="festival", title="中秋")))
    with pytest.raises(Refused):
        store.perform(AddOccasion(client, Details(kind="festival", title="中秋")))
    assert (date(2027, 9, 15), "festival", "solar") in falls(store, client)


# Children.


def test_a_childs_birthday_needs_consent_and_shows_no_age(store: Store) -> None:
    client = arrange.client(store)
    child = arrange.row(store, "Person", name="小宝", birth_date="2018-12-01")
    details = Details(kind="relative_birthday", month=12, day=1, year=2018, person_id=child)
    with pytest.raises(Refused) as told:
        store.perform(AddOccasion(client, details))
    assert (told.value.field, told.value.code) == ("year", "no_guardian")
    consent = {"client_id": client, "person_id": child, "kind": "child"}
    arrange.row(store, "Consent", given=True, on=TODAY - timedelta(5), **consent)
    back_and_forth(store, AddOccasion(client, details))
    found = store.read(queries.named, TODAY, TODAY + timedelta(30), (client,))
    assert [(one.on, one.person, one.years) for one in found] == [(date(2026, 12, 1), "小宝", None)]
    arrange.row(store, "Consent", given=False, on=TODAY, **consent)
    assert falls(store, client) == []  # withdrawn: not shown at all
    grown = store.read(queries.named, date(2032, 12, 1), date(2032, 12, 1), (client,))
    assert [one.years for one in grown] == [14]


# Greeting.


@pytest.fixture
def occasion(store: Store) -> tuple[ClientId, RecordId]:
    client = arrange.client(store)
    return client, store.perform(AddOccasion(client, LUNAR)).result


def greet(occasion: tuple[ClientId, RecordId], day: date = ON, **more: Any) -> Greet:
    return Greet(occasion[0], "birthday", day, Channel.CHAT, "生日快乐", occasion[1], **more)


def test_a_greeting_is_noted_and_taken_back(store: Store, occasion: tuple[ClientId, RecordId]) -> None:
    done = back_and_forth(store, greet(occasion))
    found = store.read(queries.named, ON, ON, (occasion[0],))
    assert found[0].greeted == TODAY
    back_and_forth(store, UndoGreet(done.result))
    assert store.read(queries.named, ON, ON, (occasion[0],))[0].greeted is None


def test_nobody_is_greeted_twice_for_one_occasion(store: Store, occasion: tuple[ClientId, RecordId]) -> None:
    store.perform(greet(occasion))
    with pytest.raises(Refused) as told:
        store.perform(greet(occasion))
    assert told.value.code == "greeted"
    store.perform(EditOccasion(occasion[1], replace(LUNAR, day=18)))  # corrected after the greeting
    with pytest.raises(Refused):
        store.perform(greet(occasion, ON + timedelta(2)))
    next_year = store.read(queries.named, date(2027, 6, 1), date(2028, 1, 1), (occasion[0],))[0].on
    store.perform(greet(occasion, next_year))


def test_a_removed_and_entered_again_birthday_is_still_greeted(
    store: Store, occasion: tuple[ClientId, RecordId]
) -> None:
    store.perform(greet(occasion))
    store.perform(RemoveOccasion(occasion[1]))
    again = store.perform(AddOccasion(occasion[0], LUNAR)).result
    with pytest.raises(Refused):
        store.perform(greet((occasion[0], again)))


def test_who_keeps_both_days_may_be_greeted_on_both(store: Store) -> None:
    client = arrange.client(store, birth_date="1966-11-28")
    occasion = store.perform(AddOccasion(client, replace(LUNAR, both=True))).result
    store.perform(greet((client, occasion)))
    store.perform(Greet(client, "birthday", date(2026, 11, 28), Channel.PHONE))
    with pytest.raises(Refused):
        store.perform(Greet(client, "birthday", date(2026, 11, 28), Channel.PHONE))


@pytest.mark.parametrize("status", [ClientStatus.DECEASED, ClientStatus.DO_NOT_CONTACT, ClientStatus.CLOSED])
def test_who_may_not_be_contacted_is_not_greeted(store: Store, status: ClientStatus) -> None:
    client = arrange.client(store, status=status.value)
    occasion = store.perform(AddOccasion(client, LUNAR)).result
    assert falls(store, client) == []
    with pytest.raises(Refused) as told:
        store.perform(greet((client, occasion)))
    assert told.value.code == status.value


def test_a_day_that_it_does_not_fall_on_is_refused(store: Store, occasion: tuple[ClientId, RecordId]) -> None:
    for wrong in (greet(occasion, ON + timedelta(1)), replace(greet(occasion), name="wedding")):
        with pytest.raises(Refused) as told:
            store.perform(wrong)
        assert told.value.code == "not_that_day"


def test_a_greeting_is_edited_by_hand_and_not_noted_ahead(store: Store, occasion: tuple[ClientId, RecordId]) -> None:
    with pytest.raises(Refused) as told:
        store.perform(greet(occasion, draft="生日快乐"))
    assert (told.value.field, told.value.code) == ("text", "not_edited")
    with pytest.raises(Refused) as told:
        store.perform(greet(occasion, on=TODAY + timedelta(1)))
    assert told.value.field == "on"
    store.perform(greet(occasion, draft="{honorific}，生日快乐"))
