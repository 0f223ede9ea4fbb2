"""Cases 14 and 16 whole: two real desks, a real hub, a hand-over while the old desk is offline with edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId
from rmdesk.services.store.store import Store
from rmdesk.services.sync import login, state
from rmdesk.services.sync.engine import Report, sync_round
from rmdesk.services.sync.hub_client import HubClient
from rmdesk.services.sync.session import Session
from rmdesk.services.visits.tasks import AddTask, EditTask
from rmdesk.wire.ids import client_id
from tests.hub.test_handover import hand_over
from tests.services.sync.test_login import PASSWORD, URL, approve, give_password
from tests.services.sync.test_traces import in_file
from tests.support import build
from tests.support.hub import HubUnderTest, Person
from tests.support.profiles import MemoryKeyring, using

Make = Callable[[Person], Store]


@pytest.fixture(autouse=True)
def keyring() -> Iterator[MemoryKeyring]:
    with using(MemoryKeyring()) as made:
        yield made


@pytest.fixture
def desk_of(hub: HubUnderTest, template: Path, tmp_path: Path) -> Iterator[Make]:
    made: list[Store] = []

    def make(who: Person) -> Store:
        folder = tmp_path / who.login
        folder.mkdir()
        store = build.store_from(template, folder)
        made.append(store)
        if who.login == "wang":
            build.perform(store, lambda work: work.add(Client(id=1, number="0001", name="周文敏")))
            with hub.core.database.transaction() as connection:
                connection.execute(
                    "INSERT INTO hub_client (id, number, book) VALUES (%s, '0001', %s)", (client_id("0001"), who.book)
                )
        give_password(hub, who)
        login.register(store, URL, login.with_password(URL, who.login, PASSWORD, hub.transport), "x", hub.transport)
        approve(hub, store.read(lambda reads: state.get(reads, "enrolment"))["device"])
        login.join(store, hub.transport)
        return store

    yield make
    for store in made:
        store.close()


def sync(hub: HubUnderTest, store: Store) -> Report:
    with HubClient(URL, Session(store, hub.transport), hub.transport) as client:
        return sync_round(store, client)


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return store.read(lambda reads: list(reads.rows(sql)))


def test_case_14_the_old_desk_tells_what_it_wrote_and_keeps_nothing(hub: HubUnderTest, desk_of: Make) -> None:
    wang, li = desk_of(hub.people.wang), desk_of(hub.people.li)
    kept = wang.perform(AddTask("zqxoldplanted", None, ClientId(1))).result
    sync(hub, wang)
    hand_over(hub, [client_id("0001")], hub.people.li)
    wang.perform(EditTask(kept, "zqxtaskplanted", None))
    wang.perform(AddTask("zqxlateplanted", None, ClientId(1)))
    told = sync(hub, wang)
    assert told.handed_over == 2
    sync(hub, wang)
    assert rows(wang, "SELECT * FROM task") == []
    assert rows(wang, "SELECT * FROM client") == []
    assert rows(wang, "SELECT * FROM sync_record WHERE state <> 'clean'") == []
    assert in_file(wang, wang.path) == []
    assert rows(wang, "SELECT act, entity, entity_id FROM audit_entry WHERE act = 'purge'") == [
        ("purge", "client", "1")
    ]
    assert hub.client(hub.people.chen).get("/v1/admin/purges").json()["purges"] == [
        row
        for row in hub.client(hub.people.chen).get("/v1/admin/purges").json()["purges"]
        if row["device"] == hub.people.wang.device  # the desk of the fixture, which never asks
    ]
    sync(hub, li)
    with hub.core.database.transaction([f"book:{hub.people.li.book}"]) as connection:
        types = sorted(row[0] for row in connection.execute("SELECT type FROM record WHERE NOT deleted"))
    assert types == ["late_edit", "late_edit", "task"]
    waiting = {row[0] for row in rows(li, "SELECT entity FROM sync_waiting")}
    here = {row[0] for row in rows(li, "SELECT entity FROM sync_record WHERE scope LIKE 'book:%'")}
    # Without the bank's part of the client, which only a load brings, his records wait; none is lost.
    assert {"task", "late_edit"} <= waiting | here
