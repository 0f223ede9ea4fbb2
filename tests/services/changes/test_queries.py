"""The history tells who changed what, when, from what, to what; latest first."""

from __future__ import annotations

from datetime import UTC

from rmdesk.base import clock
from rmdesk.models.clients import Client
from rmdesk.services.changes import queries
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform


def add(work: UnitOfWork, name: str = "王") -> int:
    client = Client(name=name)
    work.add(client)
    work.flush()
    return client.id


def test_the_life_of_one_record(store: Store) -> None:
    client = perform(store, add)

    def edit(work: UnitOfWork) -> None:
        work.get(Client, client).phone = "13800000000"

    perform(store, edit)
    perform(store, lambda work: work.delete(work.get(Client, client)))
    gone, changed, made = store.read(queries.changes_of, "client", client)
    assert (made.made, made.deleted, made.after["name"]) == (True, False, "王")
    assert (changed.before, changed.after) == ({"phone": None}, {"phone": "13800000000"})
    assert (gone.deleted, gone.before["phone"]) == (True, "13800000000")
    assert {row.who for row in (gone, changed, made)} == {"tester"}
    assert len({row.unit for row in (gone, changed, made)}) == 3
    assert made.at.tzinfo == UTC
    assert made.at.date() == clock.now().date()


def test_the_changes_of_a_client_are_only_those(store: Store) -> None:
    first, second = perform(store, add), perform(store, add)
    store.perform(ChangeSetting("general.team", "x"))
    assert [row.entity_id for row in store.read(queries.changes_of_client, first)] == [str(first)]
    assert [row.entity_id for row in store.read(queries.changes_of_client, second)] == [str(second)]


def test_the_latest_come_first_and_are_limited(store: Store) -> None:
    for size in (110, 120, 130):
        store.perform(ChangeSetting("general.text_size", size))
    rows = store.read(queries.latest_changes, limit=2)
    assert [row.after["value"] for row in rows] == [130, 120]
    assert {(row.command, row.label, row.entity) for row in rows} == {("ChangeSetting", "Change setting", "setting")}


def test_all_rows_of_one_command_share_a_unit(store: Store) -> None:
    perform(store, lambda work: [add(work, name) for name in "甲乙丙"])
    rows = store.read(queries.latest_changes)
    assert len(rows) == 3
    assert len({row.unit for row in rows}) == 1
