"""Hand-overs on the hub: two people agree, one transaction moves everything, late edits are kept (cases 14, 15)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from msgspec.structs import replace

from rmdesk.base import clock
from rmdesk.hub import inspecting
from rmdesk.hub.services.push.late import late_of, row_of
from rmdesk.wire import signed
from rmdesk.wire.ids import named
from rmdesk.wire.merge import digest_of
from tests.hub.desks import Desk, client_in, item
from tests.support.hub import HubUnderTest, Person

START = "/v1/admin/handovers"


def _ask(hub: HubUnderTest, who: Person, clients: list[str], to: Person, **more: Any) -> Any:
    told = {"clients": clients, "to_book": to.book, "reason": "调岗", **more}
    return hub.client(who).post(START, json=told)


def hand_over(hub: HubUnderTest, clients: list[str], to: Person) -> str:
    """The lead asks, the administrator confirms; gives the batch."""
    asked = _ask(hub, hub.people.chen, clients, to)
    if asked.status_code == 404:  # from another team
        asked = _ask(hub, hub.people.sun, clients, to)
    assert asked.status_code == 200, asked.text
    batch = asked.json()["handovers"][0]["batch"]
    done = hub.client(hub.people.admin).post(f"{START}/{batch}/confirm")
    assert done.status_code == 200, done.text
    assert {row["state"] for row in done.json()["handovers"]} == {"done"}
    return str(batch)


def check_scope(hub: HubUnderTest, desk: Desk, scope: str) -> None:
    """What the scope says of itself is what its records come to, and what the desk was told."""
    told = desk.manifest(scope)
    assert int(told.digest) == sum(digest_of(key, rev) for key, rev in told.revs.items()) % (1 << 64)
    here = {row.id: row.rev for row in desk.rows.values() if row.scope == scope and not row.deleted}
    assert here == told.revs


@pytest.fixture
def chen(hub: HubUnderTest) -> Desk:
    return Desk(hub, hub.people.chen)


@pytest.fixture
def client(hub: HubUnderTest) -> str:
    return client_in(hub.core.database, hub.people.wang.book)


def test_a_hand_over_needs_two_people_who_may(hub: HubUnderTest, client: str) -> None:
    people = hub.people
    # A manager may not ask, a lead of another team does not see the book, nor do they see what was asked.
    for who in (people.wang, people.li, people.sun):
        assert _ask(hub, who, [client], people.li).status_code == 404
    asked = _ask(hub, people.chen, [client], people.li)
    batch = asked.json()["handovers"][0]["batch"]
    confirm = f"{START}/{batch}/confirm"
    assert hub.client(people.chen).post(confirm).json()["code"] == "dual_control"
    for who in (people.wang, people.sun):
        assert hub.client(who).post(confirm).status_code == 404
    again = _ask(hub, people.admin, [client], people.li)
    assert (again.status_code, again.json()["code"]) == (422, "already_asked")
    assert hub.client(people.admin).post(confirm).status_code == 200
    assert hub.client(people.admin).post(confirm).status_code == 404  # nothing is left to confirm


def test_what_was_refused_moves_nobody(hub: HubUnderTest, client: str, wang: Desk) -> None:
    asked = _ask(hub, hub.people.chen, [client], hub.people.li)
    batch = asked.json()["handovers"][0]["batch"]
    assert hub.client(hub.people.chen).post(f"{START}/{batch}/refuse").status_code == 200
    assert hub.client(hub.people.admin).post(f"{START}/{batch}/confirm").status_code == 404
    assert wang.one(item("visit", client, content="still mine")).status == "applied"
    assert _ask(hub, hub.people.chen, [client], hub.people.li).status_code == 200


def test_clients_of_one_book_go_to_another_book(hub: HubUnderTest, client: str) -> None:
    other = client_in(hub.core.database, hub.people.li.book)
    admin = hub.people.admin
    assert _ask(hub, admin, [client, other], hub.people.li).json()["code"] == "one_book"
    assert _ask(hub, admin, [client], hub.people.wang).json()["code"] == "one_book"
    assert _ask(hub, admin, [uuid4().hex], hub.people.li).status_code == 404
    assert _ask(hub, admin, [client] * 51, hub.people.li).status_code == 422


def test_everything_of_the_client_moves_in_one_step(
    hub: HubUnderTest, client: str, wang: Desk, li: Desk, chen: Desk
) -> None:
    stays = client_in(hub.core.database, hub.people.wang.book)
    visit = item("visit", client, content="谈了理财")
    promise = item("promise", client, visit_id=visit.id, text="寄资料")
    own = item("visit", stays, content="另一位客户")
    wang.push(visit, promise, own, item("client", client, client, note="喜欢茶"))
    for desk in (wang, chen):
        desk.pull(*([wang.book] if desk is wang else [wang.book, li.book]))
    hand_over(hub, [client], hub.people.li)
    for desk, scopes in ((wang, [wang.book]), (li, [li.book]), (chen, [li.book, wang.book])):
        desk.pull(*scopes)
    assert wang.exits == [(wang.book, client)]
    assert set(wang.rows) == {own.id}
    assert {row.fields.get("content") or row.fields.get("text") or row.fields["note"] for row in li.rows.values()} == {
        "谈了理财", "寄资料", "喜欢茶",
    }  # fmt: skip
    assert li.rows[visit.id].rev > wang.push_no
    # A lead of both books keeps one copy, wherever they look first.
    assert {row.id: row.scope for row in chen.rows.values()} == {
        visit.id: li.book, promise.id: li.book, client: li.book, own.id: wang.book,
    }  # fmt: skip
    check_scope(hub, wang, wang.book)
    check_scope(hub, li, li.book)
    edited = li.one(item("visit", client, visit.id, base=li.rows[visit.id].rev, mood="pleasant"))
    assert edited.status == "applied"


def test_case_14_what_was_written_offline_is_kept_for_the_new_manager(
    hub: HubUnderTest, client: str, wang: Desk, li: Desk
) -> None:
    visit = item("visit", client, content="一")
    wang.push(visit)
    hand_over(hub, [client], hub.people.li)
    late = wang.push(item("visit", client, visit.id, base=1, content="离线写的"), item("task", client, text="新任务"))
    assert [one.status for one in late.results] == ["handed_over", "handed_over"]
    li.pull()
    kept = [row for row in li.rows.values() if row.type == "late_edit"]
    assert {row.fields["entity"] for row in kept} == {"visit", "task"}
    assert li.rows[visit.id].fields["content"] == "一"
    wang.pull()
    assert wang.exits == [(wang.book, client)]
    purge = hub.client(hub.people.chen).get("/v1/admin/purges").json()["purges"]
    assert [(row["device"], row["client"]) for row in purge] == [(hub.people.wang.device, client)]
    told = {
        "device": hub.people.wang.device,
        "handover": purge[0]["handover"],
        "client": client,
        "counts": {"visit": 1},
    }
    assert wang.http.post("/v1/receipts", json=told).status_code == 204
    assert hub.client(hub.people.chen).get("/v1/admin/purges").json()["purges"] == []


def test_case_21_what_was_kept_aside_is_told_to_a_hub_that_forgot_it(
    hub: HubUnderTest, client: str, wang: Desk, li: Desk
) -> None:
    """A desk that has the record of something late tells it again, only to a hub that went back, and only as it was."""
    hand_over(hub, [client], hub.people.li)
    written = item("visit", client, content="离线写的")
    row = row_of(late_of(wang.person.id, written), client, li.book, 0, "")
    again = item("late_edit", None, row.id, **row.fields)
    other = item("visit", client, written.id, content="伪造")
    forged = item("late_edit", None, row.id, **{**row.fields, "item": msgspec.json.encode(other).decode()})
    assert li.one(again).code == "hub_only"
    wang.epoch = li.epoch = inspecting.raise_epoch(hub.owner_dsn)
    assert li.one(forged).code == "hub_only"
    taken = li.one(again)
    assert (taken.status, taken.row and taken.row.fields) == ("applied", row.fields)
    assert wang.one(written).status == "handed_over"  # the very one, told by its author
    assert wang.one(replace(again, client=client)).status == "handed_over"  # also when they left it to the hub
    li.pull()
    kept = [one for one in li.rows.values() if one.type == "late_edit"]
    assert [(one.id, one.fields["by"]) for one in kept] == [(row.id, wang.person.id)]
    check_scope(hub, li, li.book)


def test_case_15_a_client_who_comes_back_is_where_they_were(
    hub: HubUnderTest, client: str, wang: Desk, li: Desk
) -> None:
    visit = item("visit", client, content="一")
    person = item("person", name="女儿")
    wang.push(visit, person, item("gift", client, to_person_id=person.id, title="茶"))
    wang.pull()
    hand_over(hub, [client], hub.people.li)
    hand_over(hub, [client], hub.people.wang)
    assert wang.one(item("visit", client, visit.id, base=1, content="回来了")).status == "applied"
    wang.pull()
    li.pull()
    assert all(row.deleted for row in li.rows.values())
    assert wang.rows[visit.id].fields["content"] == "回来了"
    assert not wang.rows[person.id].deleted
    check_scope(hub, wang, wang.book)
    check_scope(hub, li, li.book)


def test_case_15_a_client_who_goes_on_is_with_the_last_manager_only(
    hub: HubUnderTest, client: str, wang: Desk, li: Desk
) -> None:
    zhao = Desk(hub, hub.people.zhao)
    visit = item("visit", client, content="一")
    wang.push(visit)
    wang.pull()
    hand_over(hub, [client], hub.people.li)
    asked = _ask(hub, hub.people.chen, [client], hub.people.zhao)
    batch = asked.json()["handovers"][0]["batch"]
    assert hub.client(hub.people.sun).post(f"{START}/{batch}/confirm").status_code == 200
    for desk in (wang, li, zhao):
        desk.pull()
        check_scope(hub, desk, desk.book)
    assert (wang.rows, li.rows, set(zhao.rows)) == ({}, {}, {visit.id})


def test_family_goes_along_or_is_copied(hub: HubUnderTest, client: str, wang: Desk, li: Desk) -> None:
    stays = client_in(hub.core.database, hub.people.wang.book)
    only, shared = item("person", name="只属于他"), item("person", name="两人都认识")
    home, both = item("household", name="一家"), item("household", name="两家")
    lone = item("household_member", household_id=home.id, person_id=only.id)
    wang.push(
        only, shared, home, both, lone,
        item("household_member", client, household_id=home.id),
        item("household_member", client, household_id=both.id),
        item("household_member", stays, household_id=both.id),
        item("gift", client, to_person_id=shared.id),
        item("gift", stays, to_person_id=shared.id),
    )  # fmt: skip
    wang.pull()
    hand_over(hub, [client], hub.people.li)
    wang.pull()
    li.pull()
    copy, second_home = named("copy", shared.id, li.person.book), named("copy", both.id, li.person.book)
    kept = {row.id for row in wang.rows.values() if not row.deleted}
    assert {shared.id, both.id} <= kept
    assert not {only.id, home.id, lone.id} & kept
    assert {only.id, home.id, lone.id, copy, second_home} <= set(li.rows)
    assert li.rows[copy].fields["name"] == "两人都认识"
    gift = next(row for row in li.rows.values() if row.type == "gift")
    assert gift.fields["to_person_id"] == copy
    assert {row.fields["household_id"] for row in li.rows.values() if row.type == "household_member"} == {
        home.id, second_home,
    }  # fmt: skip
    # The other one goes too: the same copy serves both, and nothing is there twice.
    hand_over(hub, [stays], hub.people.li)
    wang.pull()
    li.pull()
    assert {row.id for row in wang.rows.values() if not row.deleted} == set()
    check_scope(hub, wang, wang.book)
    check_scope(hub, li, li.book)


def test_somebody_stands_in_from_one_day_to_another(hub: HubUnderTest, client: str, wang: Desk, li: Desk) -> None:
    wang.push(item("visit", client, content="一"))
    today = clock.today()
    told = {
        "user": hub.people.li.id, "book": hub.people.wang.book,
        "from_day": str(today + timedelta(days=1)), "to_day": str(today + timedelta(days=9)),
    }  # fmt: skip
    ways = hub.client(hub.people.chen)
    for who in (hub.people.wang, hub.people.li, hub.people.sun):
        assert hub.client(who).post("/v1/admin/substitutes", json=told).status_code == 404
    assert ways.post("/v1/admin/substitutes", json=told | {"user": hub.people.zhao.id}).status_code == 404
    assert ways.post("/v1/admin/substitutes", json=told).status_code == 200

    def on(day: int, content: str) -> str:
        clock.fix(today + timedelta(days=day))
        li.http = hub.client(hub.people.li)  # the access token of another day is over
        return li.one(item("visit", client, content=content)).status

    assert on(0, "too early") == "refused"
    assert on(1, "陪同") == "applied"
    assert on(10, "too late") == "handed_over"
    assert on(2, "again") == "applied"
    ways = hub.client(hub.people.chen)
    made = ways.get("/v1/admin/substitutes").json()["substitutes"][0]["id"]
    assert ways.post(f"/v1/admin/substitutes/{made}/end").status_code == 200
    assert on(2, "ended") == "handed_over"
    assert wang.book in li.ask(wang.book).revoked


def test_a_desk_that_owes_a_removal_gets_a_short_lease(hub: HubUnderTest, client: str, wang: Desk) -> None:
    def days() -> int:
        told = wang.http.post(
            "/v1/hello", json={"device": wang.person.device, "schema": 1, "oldest": 1, "app": "", "clock": ""}
        )
        lease = signed.opened(told.json()["lease"], "lease", hub.core.signer.public)
        assert lease is not None
        return int(lease["days"])

    hand_over(hub, [client], hub.people.li)
    assert days() == 7
    with hub.core.database.transaction() as connection:
        connection.execute("UPDATE purge_receipt SET due_at = due_at - interval '3 days'")
    assert days() == 1
    purge = hub.client(hub.people.admin).get("/v1/admin/purges").json()["purges"][0]
    assert purge["days_late"] in (1, 2)
    told = {"device": wang.person.device, "handover": purge["handover"], "client": client, "counts": {}}
    assert wang.http.post("/v1/receipts", json=told).status_code == 204
    assert days() == 7
