"""Settling: an ordinary edit of the field, the difference told as settled, and all of it taken back by undo."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Channel, ClientId, RecordId
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details as Person
from rmdesk.services.store.store import Store
from rmdesk.services.store.undo import UndoStack
from rmdesk.services.sync import queries
from rmdesk.services.sync.settling import RetryRefused, Settle
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY
from tests.support import build, team

NOW = "谈到女儿留学，需换汇 80 万美元"
MINE = "谈到女儿留学，需换汇 60 万美元，下周带资料"


@pytest.fixture
def client(store: Store) -> ClientId:
    return store.perform(AddProspect(Person("周文敏"))).result


@pytest.fixture
def visit(store: Store, client: ClientId) -> RecordId:
    return store.perform(LogVisit(Entry(client, Channel.AT_CLIENT, NOW, on=TODAY))).result


@pytest.fixture
def conflict(store: Store, client: ClientId, visit: RecordId) -> str:
    team.join(store)

    def plant(work: Any) -> str:
        team.told(work, "visit", visit, client)
        return team.differ(work, "visit", visit, "content", MINE)

    return str(build.perform(store, plant))


def held(store: Store, entity: str, key: str) -> dict[str, Any]:
    names = ("conflicts", "resolves", "offers", "dirty", "state", "refusal")
    sql = f"SELECT {', '.join(names)} FROM sync_record WHERE entity = ? AND entity_id = ?"
    found = store.read(lambda reads: reads.one(sql, (entity, key)))
    assert found is not None
    return {n: v if n == "state" or v is None else json.loads(v) for n, v in zip(names, found, strict=True)}


def content(store: Store, visit: str) -> str:
    return str(store.read(lambda reads: reads.value("SELECT content FROM visit WHERE id = ?", (visit,))))


def test_the_value_in_the_record_stays(store: Store, visit: RecordId, conflict: str) -> None:
    store.perform(Settle("visit", visit, "content"))
    now = held(store, "visit", visit)
    assert (now["conflicts"], now["resolves"], now["state"]) == ({}, [conflict], "dirty")
    assert now["dirty"] == {}
    assert content(store, visit) == NOW
    assert store.read(queries.differences) == ()


def test_the_other_value_is_an_edit_on_the_revision_that_was_seen(store: Store, visit: RecordId, conflict: str) -> None:
    outcome = store.perform(Settle("visit", visit, "content", conflict))
    now = held(store, "visit", visit)
    assert now["dirty"] == {"content": 5}
    assert now["resolves"] == [conflict]
    assert content(store, visit) == MINE
    assert {topic.value for topic in outcome.topics} == {"visits", "sync", "audit"}
    changes = store.read(lambda reads: reads.rows("SELECT command, after FROM change ORDER BY id DESC LIMIT 1"))
    assert changes[0][0] == "Settle"
    assert json.loads(changes[0][1]) == {"content": MINE}


def test_a_text_of_ones_own(store: Store, visit: RecordId, conflict: str) -> None:
    store.perform(Settle("visit", visit, "content", text="两次谈话合并：80 万，其中 60 万下周办"))
    assert content(store, visit).startswith("两次谈话合并")
    assert held(store, "visit", visit)["conflicts"] == {}
    with pytest.raises(Refused):
        store.perform(Settle("visit", visit, "content", conflict))


def test_secrets_are_not_kept_by_settling(store: Store, visit: RecordId, conflict: str) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(Settle("visit", visit, "content", text="客户的密码是 123456"))
    assert refused.value.code == "secret"
    assert conflict in held(store, "visit", visit)["conflicts"]


def test_undo_opens_it_again_and_redo_closes_it(store: Store, visit: RecordId, conflict: str) -> None:
    before = held(store, "visit", visit)["conflicts"]
    stack = UndoStack(store)
    stack.did(store.perform(Settle("visit", visit, "content", conflict)))
    stack.undo()
    assert content(store, visit) == NOW
    assert held(store, "visit", visit)["conflicts"] == before
    assert held(store, "visit", visit)["resolves"] == []
    stack.redo()
    assert content(store, visit) == MINE
    assert held(store, "visit", visit)["resolves"] == [conflict]
    assert not held(store, "visit", visit)["conflicts"]


@pytest.mark.parametrize("under_way", [True, False])
def test_undo_after_the_hub_heard_offers_it_again(
    store: Store, visit: RecordId, conflict: str, *, under_way: bool
) -> None:
    stack = UndoStack(store)
    stack.did(store.perform(Settle("visit", visit, "content", conflict)))

    def sent(work: Any) -> None:
        work.bulk("INSERT INTO sync_batch VALUES (1, x'00', '2026-11-21T00:00:00', 0)", topics=())
        work.bulk("UPDATE sync_record SET sent = 1", topics=())
        if not under_way:
            work.bulk("DELETE FROM sync_batch", topics=())
            work.bulk("UPDATE sync_record SET resolves = '[]', dirty = '{}', state = 'clean'", topics=())

    build.perform(store, sent)
    stack.undo()
    now = held(store, "visit", visit)
    assert [one["value"] for one in now["offers"]] == [MINE]
    assert now["state"] == "dirty"
    assert content(store, visit) == NOW
    stack.redo()
    assert held(store, "visit", visit)["offers"] == []
    assert content(store, visit) == MINE


def test_a_name_takes_its_reading_along(store: Store, client: ClientId) -> None:
    team.join(store)

    def plant(work: Any) -> str:
        team.told(work, "client", str(client), client)
        team.differ(work, "client", str(client), "pinyin", "Zhōu Wénmǐng", by=team.WANG, hours=1)
        team.differ(work, "client", str(client), "initials", "zwm", by=team.WANG, hours=1)
        return team.differ(work, "client", str(client), "name", "周文明", by=team.WANG, hours=1)

    chosen = build.perform(store, plant)
    rows = store.read(queries.differences)
    assert [row.field for row in rows] == ["name"]
    assert store.read(queries.sync_line).differences == 1
    store.perform(Settle("client", str(client), "name", chosen))
    row = store.read(lambda reads: reads.one("SELECT name, pinyin, initials FROM client"))
    assert row == ("周文明", "Zhōu Wénmǐng", "zwm")
    assert held(store, "client", str(client))["conflicts"] == {}


def test_days_and_flags_arrive_as_the_record_holds_them(store: Store, client: ClientId, visit: RecordId) -> None:
    team.join(store)

    def plant(work: Any) -> dict[str, str]:
        team.told(work, "visit", visit, client)
        return {
            name: team.differ(work, "visit", visit, name, value)
            for name, value in {"next_on": "2026-12-01", "marketing": 1, "minutes": 48, "mood": None}.items()
        }

    for field, conflict in build.perform(store, plant).items():
        store.perform(Settle("visit", visit, field, conflict))
    row = store.read(lambda reads: reads.one("SELECT next_on, marketing, minutes, mood FROM visit"))
    assert row == ("2026-12-01", 1, 48, None)


def test_what_was_refused_is_sent_once_more_and_held_back_again(
    store: Store, client: ClientId, visit: RecordId
) -> None:
    team.join(store)

    def plant(work: Any) -> None:
        team.told(work, "visit", visit, client)
        team.refuse(work, "visit", visit, "too_long", "content")

    build.perform(store, plant)
    stack = UndoStack(store)
    stack.did(store.perform(RetryRefused("visit", visit)))
    assert held(store, "visit", visit)["state"] == "dirty"
    assert held(store, "visit", visit)["refusal"] is None
    stack.undo()
    assert held(store, "visit", visit)["refusal"] == {"code": "too_long", "field": "content"}
    stack.redo()
    with pytest.raises(Refused):
        store.perform(RetryRefused("visit", visit))
