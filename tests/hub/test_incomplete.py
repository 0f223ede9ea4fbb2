"""A part of a record the hub does not have is no record: it asks for the whole. And a gift of two versions waits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmdesk.hub.database import connect
from rmdesk.hub.packing import DEEPEST, deeper
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.sync import queries
from rmdesk.services.visits.tasks import AddTask, EditTask
from rmdesk.wire.messages import Item
from tests.hub.desks import Desk, client_in, item, second_desk
from tests.support.hub import HubUnderTest
from tests.support.real_desks import desks, sync


@pytest.fixture
def client(hub: HubUnderTest) -> str:
    return client_in(hub.core.database, hub.people.wang.book)


def part(told: Item, whole: bool | None = False) -> Item:
    told.whole = whole
    return told


def test_a_part_of_what_the_hub_has_not_is_asked_for_whole(wang: Desk, client: str) -> None:
    lone = item("promise", None, base=7, outcome="寄到了")
    for kind in ("visit", "promise", "complaint_step", "journal"):
        told = wang.one(part(Item(kind, lone.id, client, lone.patch)))
        assert (told.status, told.code) == ("deferred", "incomplete")
    assert wang.one(part(item("visit", client, content="全部"), True)).status == "applied"
    older = item("visit", client, base=7, content="旧程序")
    assert wang.one(part(older, None)).status == "applied"  # it does not say, and is believed as ever
    known = wang.one(part(item("visit", client, older.id, base=1 << 40, purpose="改")))
    assert known.status == "applied"
    assert wang.one(part(item("client", client, client, base=7, note="喜欢茶"), True)).status == "applied"
    assert wang.one(part(Item("visit", "9" * 32, client, delete=3))).status == "noop"  # nothing to have


def test_a_desk_tells_the_whole_of_what_the_hub_lost(hub: HubUnderTest, template: Path, tmp_path: Path) -> None:
    def prospect(work: Any) -> None:
        work.add(Client(id=5, origin="desk", name="新客户", phone="13900000000"))

    with desks(hub, template, tmp_path) as desk_of:
        desk = desk_of(hub.people.wang, prospect)
        task = desk.perform(AddTask("送资料", None, ClientId(5))).result
        sync(hub, desk)
        with hub.core.database.transaction([f"book:{hub.people.wang.book}"]) as connection:
            connection.execute("DELETE FROM record WHERE id = %s", (task,))
        with connect(hub.owner_dsn) as connection:
            connection.execute("DELETE FROM record_dir WHERE id = %s", (task,))
        desk.perform(EditTask(RecordId(task), "送新资料", None))
        report = sync(hub, desk)
        assert (report.pushed, report.refused) == (1, 1)  # put off, and taken in the same round
        (row,) = Desk(hub, hub.people.wang).fetch(task)
        assert row.fields["text"] == "送新资料"
        assert row.fields["made_on"]
        assert row.client is not None
        assert desk.read(queries.sync_line).waiting == 0


def test_a_gift_of_two_versions_is_not_approved(hub: HubUnderTest, wang: Desk, client: str) -> None:
    other, chen = Desk(hub, second_desk(hub, hub.people.wang)), Desk(hub, hub.people.chen)
    gift = item("gift", client, title="茶", cost_minor=90000)
    made = wang.one(gift).row
    request = item("gift_approval", None, gift_id=gift.id, state="asked", cost_minor=90000)
    wang.push(request)
    assert made is not None
    wang.push(item("gift", client, gift.id, base=made.rev, cost_minor=80000))
    assert other.one(item("gift", client, gift.id, base=made.rev, cost_minor=120000)).status == "conflict_kept"
    yes = item("gift_approval", None, request.id, base=1 << 41, state="approved")
    told = chen.one(yes)
    assert (told.status, told.code) == ("refused", "open_difference")
    assert chen.one(item("gift_approval", None, request.id, base=1 << 41, comment="先说清楚")).status == "applied"
    row = wang.fetch(gift.id)[0]
    wang.push(Item("gift", gift.id, client, resolves=list(row.conflicts)))
    assert chen.one(yes).status == "applied"
    assert chen.one(yes).status == "noop"


def test_how_deep_json_may_be_is_a_number(wang: Desk, client: str) -> None:
    def nested(levels: int) -> str:
        return "[" * levels + "]" * levels

    for levels, well in ((DEEPEST, True), (DEEPEST + 1, False)):
        told = wang.one(item("visit", client, found=nested(levels)))
        assert (told.status == "applied") is well, levels
    assert wang.one(item("visit", client, content=nested(200))).status == "applied"  # a text is no JSON
    body = json.loads(wang.body(item("visit", client, content="[{" * 50)))
    assert wang.send(json.dumps(body | {"more": json.loads(nested(DEEPEST - 1))}).encode()).status_code == 200
    wang.push_no += 1
    body["push_no"] += 1
    assert wang.send(json.dumps(body | {"more": json.loads(nested(DEEPEST))}).encode()).status_code == 422


@pytest.mark.parametrize(
    ("told", "most", "is_deeper"),
    [
        (b"[[]]", 2, False),
        (b"[[]]", 1, True),
        (b'{"a":[{}],"b":[[],[{}]]}', 4, False),
        (b'{"a":[{}],"b":[[],[{}]]}', 3, True),
        (b'["[[[[\\"[["]', 1, False),
        (b"[[[[", 2, False),  # no JSON: others tell
        (b"", 1, False),
    ],
)
def test_levels_are_counted_as_they_are(told: bytes, most: int, is_deeper: bool) -> None:
    assert deeper(told, most) is is_deeper
