"""What falls on the days: occasions, what is agreed, maturities, and gifts whose lead time begins."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.models.holdings import Holding
from rmdesk.models.kinds import Channel, ClientId, ClientStatus, RenewalWay
from rmdesk.services.calendar import queries
from rmdesk.services.calendar.rows import Entry, EntryKind
from rmdesk.services.gatherings.commands import CancelGathering, PlanGathering
from rmdesk.services.gatherings.entry import Plan
from rmdesk.services.occasions.commands import AddOccasion, Greet
from rmdesk.services.occasions.details import Details
from rmdesk.services.products.planning import PlanRenewal
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.care.arrange import WAN, Book
from tests.services.occasions import arrange
from tests.support import build

LAST = TODAY + timedelta(days=30)


def kinds(found: tuple[Entry, ...]) -> list[tuple[date, str, str]]:
    return [(one.on, one.kind.value, one.name) for one in found]


def arranged(store: Store) -> ClientId:
    """A client with something of every kind in the next days."""
    client = arrange.client(store, birth_date="1966-11-24", opened_on=date(2016, 11, 25))
    visit = {"client_id": client, "channel": "branch", "entered_at": clock.now()}
    arrange.row(store, "Visit", state="planned", on=date(2026, 11, 24), at="14:00", purpose="资产检视", **visit)
    arrange.row(store, "Visit", state="cancelled", on=date(2026, 11, 24), **visit)
    made = {"client_id": client, "made_on": TODAY}
    arrange.row(store, "Promise", text="寄资料", due_on=date(2026, 11, 24), **made)
    arrange.row(store, "Promise", text="已办", due_on=date(2026, 11, 24), state="kept", **made)
    arrange.row(store, "Task", text="打电话", due_on=date(2026, 11, 26), **made)
    arrange.row(store, "Task", text="交周报", due_on=date(2026, 11, 26), made_on=TODAY)
    build.perform(store, lambda work: Book(work).matures(client, 6, 50 * WAN))
    return client


def test_everything_of_a_day_in_its_order(store: Store) -> None:
    arranged(store)
    found = store.read(queries.entries, TODAY, LAST)
    assert kinds(found) == [
        (date(2026, 11, 24), "visit", "周文敏"),
        (date(2026, 11, 24), "promise", "周文敏"),
        (date(2026, 11, 24), "birthday", "周文敏"),
        (date(2026, 11, 25), "anniversary", "周文敏"),
        (date(2026, 11, 26), "task", ""),
        (date(2026, 11, 26), "task", "周文敏"),
        (date(2026, 11, 27), "maturity", "周文敏"),
    ]
    birthday = found[2]
    assert birthday.round
    assert birthday.due is not None
    assert (birthday.due.years, birthday.due.lunar, birthday.done) == (60, "2026-10-16", False)
    assert found[0].at == "14:00"


def test_the_day_on_which_a_maturity_is_spoken_of_stands_in_the_calendar(store: Store) -> None:
    arranged(store)
    held = store.read(lambda reads: reads.value("SELECT key FROM holding"))
    store.perform(PlanRenewal(held, RenewalWay.PAY_OUT, on=date(2026, 11, 25)))
    found = [one for one in store.read(queries.entries, TODAY, LAST) if one.kind is EntryKind.MATURITY]
    assert [(one.on.day, one.name) for one in found] == [(25, "周文敏"), (27, "周文敏")]
    assert found[0].text.said == "Speak about 稳健一号, matures 11-27"
    assert store.read(queries.days, TODAY, LAST, 1).counts[date(2026, 11, 25)] == 2  # with the account's anniversary
    build.perform(store, lambda work: setattr(work.get(Holding, 1), "ended_on", TODAY))
    assert [one for one in store.read(queries.entries, TODAY, LAST) if one.kind is EntryKind.MATURITY] == []


def test_planned_events_stand_in_the_calendar_under_their_own_name(store: Store) -> None:
    store.perform(PlanGathering(Plan("salon", "茶会", date(2026, 11, 25), at="14:30", place="贵宾厅")))
    gone = store.perform(PlanGathering(Plan("salon", "讲座", date(2026, 11, 26)))).result
    store.perform(CancelGathering(gone, "台风"))
    (event,) = store.read(queries.entries, TODAY, LAST)
    assert (event.on, event.kind, event.name, event.at) == (date(2026, 11, 25), EntryKind.EVENT, "茶会", "14:30")
    assert (event.text.said, event.client) == ("贵宾厅", None)


def test_a_greeted_birthday_is_done(store: Store) -> None:
    client = arranged(store)
    store.perform(Greet(client, "birthday", date(2026, 11, 24), Channel.PHONE))
    birthday = next(one for one in store.read(queries.entries, TODAY, LAST) if one.kind is EntryKind.BIRTHDAY)
    assert birthday.done
    assert [one.kind for one in store.read(queries.preparing, TODAY, LAST)] == []


@pytest.mark.parametrize("status", [ClientStatus.DECEASED, ClientStatus.DO_NOT_CONTACT, ClientStatus.CLOSED])
def test_nothing_shows_of_who_may_not_be_contacted(store: Store, status: ClientStatus) -> None:
    client = arranged(store)
    build.perform(store, lambda work: setattr(_client(work, client), "status", status.value))
    assert kinds(store.read(queries.entries, TODAY, LAST)) == [(date(2026, 11, 26), "task", "")]
    assert store.read(queries.preparing, TODAY - timedelta(30), LAST) == ()


def test_withdrawn_consent_hides_what_is_suggested_but_not_what_is_agreed(store: Store) -> None:
    client = arranged(store)
    build.perform(store, lambda work: setattr(_client(work, client), "marketing_consent", False))
    assert {one.kind for one in store.read(queries.entries, TODAY, LAST)} == {
        EntryKind.VISIT, EntryKind.PROMISE, EntryKind.TASK,
    }  # fmt: skip


def _client(work: Any, client: ClientId) -> Any:
    from rmdesk.models.clients import Client

    return work.get(Client, client)


def test_a_gift_is_prepared_by_tier_or_by_the_days_own_value(store: Store) -> None:
    def fill(work: Any) -> tuple[int, int]:
        book = Book(work)
        rich = book.client("富", 2000 * WAN, birth_date="1970-12-20")
        poor = book.client("平", 1 * WAN, birth_date="1970-12-20")
        from rmdesk.services.segments import figures

        figures.refresh(work)
        return rich, poor

    rich, poor = build.perform(store, fill)
    assert kinds(store.read(queries.preparing, TODAY, LAST)) == [
        (date(2026, 12, 6), "prepare", "富"),
        (date(2026, 12, 13), "prepare", "平"),
    ]
    store.perform(AddOccasion(ClientId(poor), Details(kind="wedding", month=12, day=30, lead_days=30)))
    store.perform(AddOccasion(ClientId(poor), Details(kind="custom", title="无备", month=12, day=2, lead_days=0)))
    found = store.read(queries.preparing, TODAY, LAST)
    assert (date(2026, 11, 30), "prepare", "平") in kinds(found)
    assert len(found) == 3
    arrange.row(
        store,
        "Gift",
        client_id=rich,
        state="planned",
        title="茶",
        planned_for=date(2026, 12, 20),
        entered_at=clock.now(),
    )
    assert "富" not in {one.name for one in store.read(queries.preparing, TODAY, LAST)}


def test_the_reminder_counts_who_was_not_greeted_yet(store: Store) -> None:
    client = arrange.client(store, birth_date="1980-11-21")
    assert [one.name for one in store.read(queries.today_of)] == ["周文敏"]
    store.perform(Greet(client, "birthday", TODAY, Channel.PHONE))
    assert store.read(queries.today_of) == ()


@pytest.mark.parametrize("most", [1, 3, 8])
def test_a_day_has_its_first_entries_and_all_are_counted(filled: Store, most: int) -> None:
    whole = filled.read(queries.days, TODAY, LAST)
    crowded = max(whole.counts, key=lambda day: whole.counts[day])
    assert Counter(one.on for one in whole.entries) == whole.counts
    assert whole.counts[crowded] > most
    found = filled.read(queries.days, TODAY, LAST, most, whole={crowded})
    assert found.counts == whole.counts
    expected = [
        one
        for day, of_day in groupby(whole.entries, key=lambda one: one.on)
        for one in (of_day if day == crowded else islice(of_day, most))
    ]
    assert list(found.entries) == expected
    assert {one.kind for one in whole.entries} > {EntryKind.PREPARE, EntryKind.BIRTHDAY, EntryKind.MATURITY}


@pytest.mark.parametrize("kind", EntryKind)
def test_hidden_kinds_are_neither_made_nor_counted(filled: Store, kind: EntryKind) -> None:
    whole = filled.read(queries.days, TODAY, LAST)
    found = filled.read(queries.days, TODAY, LAST, hidden={kind})
    assert list(found.entries) == [one for one in whole.entries if one.kind is not kind]
    assert sum(found.counts.values()) == len(found.entries)


def test_the_first_of_many_birthdays_are_those_of_the_wealthiest(store: Store) -> None:
    def fill(work: Any) -> None:
        book = Book(work)
        for at in range(7):
            book.client(f"客{at}", None, birth_date=f"19{70 + at}-11-24", aum_minor=(at * 3 % 7) * WAN)

    build.perform(store, fill)
    kept = arrange.client(store, name="己", aum_minor=5 * WAN + 1)
    store.perform(AddOccasion(kept, Details(kind="birthday", month=11, day=24)))
    whole = store.read(queries.days, TODAY, TODAY + timedelta(4), hidden={EntryKind.PREPARE})
    names = [one.name for one in whole.entries]
    assert names == ["客2", "己", "客4", "客6", "客1", "客3", "客5", "客0"]
    for most in range(1, 8):
        found = store.read(queries.days, TODAY, TODAY + timedelta(4), most, hidden={EntryKind.PREPARE})
        assert [one.name for one in found.entries] == names[:most]
        assert found.counts == {date(2026, 11, 24): 8}
