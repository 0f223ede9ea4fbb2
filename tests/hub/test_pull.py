"""Telling desks what is new: pages, first loads, proofs, restores, versions. Cases 9, 12, 21, 23 of the catalogue."""

from __future__ import annotations

import itertools
from uuid import uuid4

import msgspec
import pytest

from rmdesk.hub import inspecting
from rmdesk.wire import messages, proofs, signed
from rmdesk.wire.merge import EPOCH_BITS, digest_of
from rmdesk.wire.messages import Cursor, Item, Welcome
from tests.hub.desks import Desk, deletion, item
from tests.support.hub import HubUnderTest


def visits(client: str, count: int) -> list[Item]:
    return [item("visit", client, content=str(number)) for number in range(count)]


def test_case_9_what_was_deleted_is_not_loaded_and_not_raised(wang: Desk, other: Desk, client: str) -> None:
    made = wang.push(*visits(client, 6)).results
    old = other.ask(limit=3)
    gone = [one for one in made[:4] if one.row is not None]
    wang.push(*(deletion("visit", one.id, one.row.rev, client) for one in gone if one.row))
    page = wang.first(wang.book)
    assert {row.id for row in page.rows} == {one.id for one in made[4:]}
    other.rows = {event.row.id: event.row for event in old.scopes[wang.book].events if event.row}
    other.cursors[wang.book] = old.scopes[wang.book].cursor
    other.pull()
    assert {row.id for row in other.rows.values() if not row.deleted} == {one.id for one in made[4:]}


@pytest.mark.parametrize("limit", [1, 2, 500])
def test_case_12_what_changes_while_paging_is_seen(wang: Desk, other: Desk, client: str, limit: int) -> None:
    made = wang.push(*visits(client, 12)).results
    turn = itertools.count()
    while True:
        told = other.ask(limit=limit).scopes[wang.book]
        for event in told.events:
            assert event.row is not None
            other.rows[event.row.id] = event.row
        other.cursors[wang.book] = told.cursor
        number = next(turn)
        if number < 6:  # somebody goes on writing: old records and new ones
            wang.push(item("visit", client, made[number].id, 1 << 60, content=f"again {number}"), *visits(client, 1))
        elif not told.more:
            break
    now = wang.manifest()
    assert {row.id: row.rev for row in other.rows.values()} == now.revs
    assert other.cursors[wang.book] == now.head


def test_the_first_load_walks_down_and_then_up(wang: Desk, other: Desk, client: str) -> None:
    made = wang.push(*visits(client, 10)).results
    page = other.first(wang.book, limit=4)
    head, rows = page.head, list(page.rows)
    assert [row.seq for row in page.rows] == [10, 9, 8, 7]
    wang.push(item("visit", client, made[0].id, 1 << 60, content="moved up"))
    while page.below:
        page = other.first(wang.book, page.below, 4)
        rows += page.rows
    assert {row.id for row in rows} == {one.id for one in made[1:]}
    other.cursors[wang.book] = head
    other.pull()
    assert other.rows[made[0].id].fields["content"] == "moved up"


def test_a_page_of_many_scopes_stays_small(hub: HubUnderTest, wang: Desk, client: str) -> None:
    from rmdesk.hub.services import pull

    wang.push(*visits(client, 8), *(item("journal", content=str(number)) for number in range(8)))
    own = f"own:{wang.person.id}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pull, "MOST_EVENTS", 10)
        told = wang.ask(wang.book, own)
        assert sum(len(feed.events) for feed in told.scopes.values()) == 10
        wang.pull(wang.book, own)
    assert len(wang.rows) == 16


def test_a_cursor_too_old_or_unheard_of_loads_anew(hub: HubUnderTest, wang: Desk, client: str) -> None:
    wang.push(*visits(client, 5))
    with hub.core.database.transaction([wang.book]) as connection:
        connection.execute("UPDATE scope SET min_cursor = 3 WHERE id = %s", (wang.book,))
    for cursor, code in ((2, "resync"), (99, "resync"), (3, ""), (0, "")):
        wang.cursors[wang.book] = cursor
        assert wang.ask().scopes[wang.book].code == code


def test_a_hub_that_forgot_what_it_took_in_lets_the_desk_load_anew(wang: Desk, client: str) -> None:
    wang.push(*visits(client, 1))
    told = messages.Pull(wang.person.device, 0, 1, 1, {wang.book: Cursor(0, need=7)})
    answer = wang.post("/v1/sync/pull", told)
    assert answer.json()["scopes"][wang.book]["code"] == "resync"


def test_granted_and_revoked_are_told(hub: HubUnderTest, wang: Desk) -> None:
    foreign = f"book:{hub.people.li.book}"
    told = wang.ask(wang.book, foreign)
    assert set(told.scopes) == {wang.book}
    assert told.revoked == [foreign]
    assert set(told.granted) == {f"bank:{wang.person.book}", f"own:{wang.person.id}", f"team:{wang.person.team}"}


def test_foreign_scopes_are_told_as_unknown(hub: HubUnderTest, wang: Desk, client: str) -> None:
    made = wang.push(*visits(client, 2)).results
    li = Desk(hub, hub.people.li)
    asked = [
        ("/v1/sync/first", messages.First(li.person.device, 0, 1, wang.book, 99)),
        ("/v1/sync/manifest", proofs.Manifest(li.person.device, 0, wang.book)),
        ("/v1/sync/manifest", proofs.Manifest(li.person.device, 0, f"book:{uuid4().hex}")),
    ]
    assert {li.post(*one).status_code for one in asked} == {404}
    assert li.fetch(*(one.id for one in made)) == []
    assert len(Desk(hub, hub.people.chen).fetch(*(one.id for one in made))) == 2


def test_a_substitute_reads_and_writes_from_day_to_day(hub: HubUnderTest, wang: Desk, client: str) -> None:
    li = Desk(hub, hub.people.li)
    record = wang.push(*visits(client, 1)).results[0].id
    days = ("2026-11-20", "2026-11-21")
    with hub.core.database.transaction() as connection:
        connection.execute(
            "INSERT INTO membership VALUES (%s, %s, %s, %s, %s, %s, now())",
            (uuid4().hex, li.person.id, wang.person.book, *days, hub.people.admin.id),
        )
    assert li.one(item("visit", client, record, 1 << 60, content="for her")).status == "applied"
    with hub.core.database.transaction() as connection:
        connection.execute("UPDATE membership SET to_day = '2026-11-20'")
    assert wang.book in li.ask(wang.book).revoked
    late = li.one(item("visit", client, record, 1 << 60, content="came too late"))
    assert (late.status, late.row) == ("handed_over", None)
    wang.pull()
    edits = [row for row in wang.rows.values() if row.type == "late_edit"]
    assert [(row.fields["entity_id"], row.fields["by"], row.client) for row in edits] == [
        (record, li.person.id, client)
    ]
    kept = msgspec.json.decode(str(edits[0].fields["item"]), type=Item)
    assert kept.patch["content"].value == "came too late"
    assert wang.rows[record].fields["content"] == "for her"
    accepted = item("late_edit", client, edits[0].id, edits[0].rev, state="accepted", settled_by=wang.person.id)
    assert wang.one(accepted).status == "applied"


def test_case_21_a_hub_that_went_back_is_noticed_and_nobody_differs_wrongly(
    hub: HubUnderTest, wang: Desk, client: str
) -> None:
    made = wang.push(*visits(client, 1)).results[0]
    assert inspecting.raise_epoch(hub.owner_dsn) == 1
    refused = [
        wang.send(wang.body(*visits(client, 1))),
        wang.post("/v1/sync/pull", messages.Pull(wang.person.device, 0, 1, 1, {})),
        wang.post("/v1/sync/manifest", proofs.Manifest(wang.person.device, 0, wang.book)),
    ]
    assert [(one.status_code, one.json()["code"], one.json()["epoch"]) for one in refused] == [(409, "epoch", 1)] * 3
    wang.epoch = 1
    assert made.row is not None
    after = wang.one(item("visit", client, made.id, made.row.rev, content="after")).row
    assert after is not None
    assert after.rev == 1 << EPOCH_BITS


def hello(desk: Desk, schema: int = messages.SCHEMA, device: str = "") -> tuple[int, Welcome | None]:
    told = messages.Hello(device or desk.person.device, schema, schema, "rmdesk 1", "2026-11-21T09:00:00+00:00")
    answer = desk.post("/v1/hello", told)
    if answer.status_code != 200:
        return answer.status_code, None
    return 200, msgspec.json.decode(answer.content, type=Welcome)


def test_case_23_old_desks_are_told_less_and_may_always_hand_in(wang: Desk) -> None:
    now = messages.SCHEMA
    told = [hello(wang, now + by) for by in (1, 0, -1, -2, -3, -4)]
    assert [status for status, _ in told] == [200, 200, 200, 200, 200, 426]
    assert [one.push_only for _, one in told if one] == [False, False, False, False, True]
    pull = messages.Pull(wang.person.device, 0, now - 3, 0, {})
    assert wang.post("/v1/sync/pull", pull).status_code == 426
    push = messages.Push(wang.person.device, 1, 0, now - 3, [])
    assert wang.post("/v1/sync/push", push).status_code == 200


def test_a_greeting_tells_who_one_is_and_what_to_follow(hub: HubUnderTest, wang: Desk) -> None:
    _, told = hello(wang)
    assert told is not None
    assert (told.user.name, told.user.book, told.hub) == ("王一", wang.person.book, hub.core.id)
    assert {one.kind: one.write for one in told.scopes} == {"bank": False, "book": True, "own": True, "team": True}
    assert {one.name for one in told.colleagues} == {"王一", "李二", "陈三"}
    lease = signed.opened(told.lease, "lease", hub.core.signer.public)
    assert lease is not None
    assert (lease["device"], lease["user"], lease["days"]) == (wang.person.device, wang.person.id, 7)
    assert 720 <= told.next_after <= 1080
    _, lead = hello(Desk(hub, hub.people.chen))
    assert lead is not None
    books = {one.id for one in lead.scopes if one.kind == "book"}
    assert books == {f"book:{hub.people.wang.book}", f"book:{hub.people.li.book}"}
    assert not any(one.write for one in lead.scopes if one.kind in ("bank", "book"))


def test_desks_come_again_each_at_its_own_moment() -> None:
    from rmdesk.hub.services.desks import next_after

    moments = {next_after(900, uuid4().hex) for _ in range(300)}
    assert len(moments) > 100


def test_a_desk_that_may_not_is_refused(hub: HubUnderTest, wang: Desk) -> None:
    with hub.core.database.transaction() as connection:
        connection.execute("UPDATE device SET status = 'revoked' WHERE id = %s", (wang.person.device,))
    assert hello(wang)[0] == 403
    assert wang.send(wang.body()).status_code == 403
    assert wang.post("/v1/sync/fetch", proofs.Fetch(wang.person.device, 0, [])).status_code == 403


def test_a_planted_change_behind_the_hubs_back_is_found(hub: HubUnderTest, wang: Desk, client: str) -> None:
    wang.push(*visits(client, 3))
    assert inspecting.digests(hub.core) == []
    with hub.core.database.transaction([wang.book]) as connection:
        connection.execute("UPDATE record SET rev = rev + 1 WHERE seq = 2")
    assert inspecting.digests(hub.core) == [wang.book]
    told = wang.manifest()
    assert int(told.digest) != sum(itertools.starmap(digest_of, told.revs.items())) % (1 << 64)


def test_answers_are_packed_for_who_understands_it(wang: Desk, client: str) -> None:
    import zstandard

    wang.push(*visits(client, 50))
    body = msgspec.json.encode(messages.Pull(wang.person.device, 0, 1, 1, {wang.book: Cursor()}))
    sent = {"Content-Encoding": "zstd", "Accept-Encoding": "zstd"}
    with wang.http.stream("POST", "/v1/sync/pull", content=zstandard.compress(body), headers=sent) as answer:
        assert answer.headers["content-encoding"] == "zstd"
        raw = b"".join(answer.iter_raw())
    data = zstandard.ZstdDecompressor().decompressobj().decompress(raw)
    assert len(msgspec.json.decode(data, type=messages.Pulled).scopes[wang.book].events) == 50
    assert len(raw) < len(data) / 4
