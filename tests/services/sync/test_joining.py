"""Beginning and ceasing to follow a hub: everything there is waits to be told, and nothing else changes."""

from __future__ import annotations

import json

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.visits import Task
from rmdesk.services.settings.general import LANGUAGE
from rmdesk.services.store.store import Store
from rmdesk.services.sync import state, tracking
from rmdesk.services.sync.joining import JoinHub, LeaveHub
from rmdesk.wire import ids
from rmdesk.wire.messages import Colleague, Scope, Welcome
from tests.conftest import TODAY
from tests.support import build

USER, BOOK, TEAM, DEVICE = ("a" * 32, "b" * 32, "c" * 32, "d" * 32)


def welcome() -> Welcome:
    me = Colleague(USER, "李雷", "manager", BOOK, TEAM)
    lead = Colleague("e" * 32, "韩梅梅", "lead", "", TEAM)
    scopes = [
        Scope(f"bank:{BOOK}", "bank"),
        Scope(f"book:{BOOK}", "book", owner=USER, write=True),
        Scope(f"own:{USER}", "own", write=True),
        Scope(f"team:{TEAM}", "team"),
    ]
    return Welcome("f" * 32, 3, 1, 1, "2026-11-21T00:00:00.000+00:00", me, scopes, [lead], 0, "lease")


def join(store: Store) -> int:
    return store.perform(JoinHub("https://hub.example/", DEVICE, welcome(), tokens={"refresh": "x"})).result


def dirty(store: Store) -> dict[tuple[str, str], dict[str, int]]:
    rows = store.read(lambda reads: reads.rows("SELECT entity, entity_id, dirty FROM sync_record"))
    return {(row[0], row[1]): json.loads(row[2]) for row in rows}


@pytest.fixture
def filled(store: Store) -> Store:
    def fill(work) -> None:
        work.add(Client(id=1, number="0001", name="周文敏", phone="13800000000"))
        work.add(Client(id=2, number="0002", name="王小明", note="likes tea", kept={"phone": "2026-01-01"}, phone="1"))
        work.add(Client(id=3, origin="desk", name="新客户", phone="13900000000"))
        work.flush()
        work.add(Task(id="1" * 32, client_id=1, text="资料", made_on=TODAY, state="open"))
        work.bulk(
            "INSERT INTO setting (key, value) VALUES (?, '\"en\"'), ('care.limit', '5')", (LANGUAGE.key,), topics=()
        )

    build.perform(store, fill)
    return store


def test_without_a_hub_nobody_is_known(store: Store) -> None:
    assert store.read(state.who) is None
    assert store.read(state.hub) is None
    assert not store.read(state.joined)


def test_who_is_known_after_joining(filled: Store) -> None:
    join(filled)
    assert filled.read(state.who) == state.Me(USER, "李雷", "manager", TEAM, BOOK, DEVICE)
    assert filled.read(state.hub) == state.Hub("https://hub.example", "f" * 32, "")
    assert (filled.read(state.epoch), filled.read(state.push_no), filled.read(state.lease)) == (3, 0, "lease")
    scopes = filled.read(lambda reads: reads.rows('SELECT id, "write", phase FROM sync_scope ORDER BY id'))
    assert scopes[1] == (f"book:{BOOK}", 1, "new")
    assert filled.read(lambda reads: reads.value("SELECT count(*) FROM colleague")) == 2


def test_everything_that_travels_waits_to_be_told(filled: Store) -> None:
    assert join(filled) == 4
    marked = dirty(filled)
    assert set(marked) == {("client", "2"), ("client", "3"), ("task", "1" * 32), ("setting", "care.limit")}
    assert marked["client", "2"] == {"note": 0, "phone": 0, "kept": 0}  # the rest is the bank's
    assert {"name", "phone", "origin", "kind", "status"} <= set(marked["client", "3"])
    assert marked["task", "1" * 32] == {"client_id": 0, "text": 0, "made_on": 0, "state": 0}


def test_clients_of_the_bank_are_named_alike_everywhere(filled: Store) -> None:
    join(filled)
    names = dict(filled.read(lambda reads: reads.rows("SELECT client_id, wire_id FROM sync_client")))
    assert names[1] == ids.client_id("0001")
    assert len(names) == 3


def test_joining_twice_is_refused(filled: Store) -> None:
    join(filled)
    with pytest.raises(Refused) as refused:
        join(filled)
    assert refused.value.code == "joined"


def test_leaving_tells_of_what_is_unheard_and_leaves_no_trace(filled: Store) -> None:
    with pytest.raises(Refused):
        filled.perform(LeaveHub())
    join(filled)
    with pytest.raises(Refused) as refused:
        filled.perform(LeaveHub())
    assert refused.value.params["count"] == 4
    assert filled.perform(LeaveHub(anyway=True)).result == 4
    assert not filled.read(state.joined)
    assert dirty(filled) == {}
    triggers = {row[0] for row in filled.read(lambda reads: reads.rows("SELECT name FROM sqlite_schema"))}
    assert not triggers & set(tracking.STATEMENTS)
    build.perform(filled, lambda work: work.bulk("UPDATE client SET phone = '2'", topics=()))
    join(filled)  # and again
