"""What comes in between: a hand-over while a batch is taken in, a lock held too long, a greeting of odd words."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
import pytest

from rmdesk.hub.services.push import reading
from rmdesk.wire import messages
from tests.hub.desks import Desk, client_in, deletion, item
from tests.support.hub import HubUnderTest, People, hub_from


def test_a_client_who_moves_while_a_batch_is_read_is_found_anew(
    hub: HubUnderTest, wang: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, book = client_in(hub.core.database, wang.person.book), hub.people.li.book
    lock, locked = reading.lock, []

    def late(connection: Any, scopes: Any) -> Any:
        if not locked:
            with hub.core.database.transaction() as other:
                other.execute("UPDATE hub_client SET book = %s WHERE id = %s", (book, client))
        locked.append(list(scopes))
        return lock(connection, scopes)

    monkeypatch.setattr(reading, "lock", late)
    done = wang.one(item("visit", client, content="x"))
    assert (done.status, done.code) == ("refused", "unknown_client")
    assert locked == [[wang.book], []]
    assert Desk(hub, hub.people.li).manifest().revs == {}


def test_who_waits_too_long_is_asked_to_come_again_and_nothing_is_done(
    postgres: Any, hub_template: tuple[str, People]
) -> None:
    with hub_from(postgres, *hub_template, lock_timeout_ms=30) as hub:
        wang = Desk(hub, hub.people.wang)
        client = client_in(hub.core.database, wang.person.book)
        body = wang.body(item("visit", client, content="x"))
        with psycopg.connect(hub.owner_dsn) as other:
            other.execute("SELECT 1 FROM scope WHERE id = %s FOR UPDATE", (wang.book,))
            answer = wang.send(body)
            assert (answer.status_code, answer.json()["code"]) == (503, "busy")
            assert int(answer.headers["retry-after"]) > 0
        assert wang.manifest().revs == {}
        assert wang.send(body).json()["results"][0]["status"] == "applied"


def test_a_lock_that_is_let_go_in_time_is_waited_for(hub: HubUnderTest, wang: Desk) -> None:
    client = client_in(hub.core.database, wang.person.book)
    other = psycopg.connect(hub.owner_dsn)
    other.execute("SELECT 1 FROM scope WHERE id = %s FOR UPDATE", (wang.book,))
    release = threading.Timer(0.3, other.close)
    release.start()
    assert wang.one(item("visit", client, content="x")).status == "applied"
    release.join()


def test_a_greeting_of_odd_words_is_kept_as_far_as_it_goes(wang: Desk) -> None:
    for schema, app, clock in (
        (1 << 60, "a\0b" * 99, "noon"),
        (1, "", "0001-01-01T00:00:00+00:00"),
        (1, "长" * 999, "9999-12-31T23:59:59-12:00"),
    ):
        told = messages.Hello(wang.person.device, schema, 1, app, clock)
        assert wang.post("/v1/hello", told).status_code == 200


def test_what_the_database_cannot_hold_is_refused_and_breaks_nothing(
    hub: HubUnderTest, wang: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rmdesk.hub.services import desks

    monkeypatch.setattr(desks, "NEWEST", 1 << 60)
    told = messages.Hello(wang.person.device, 1 << 50, 1, "", "")
    assert wang.post("/v1/hello", told).status_code == 422
    assert wang.manifest().head == 0


def test_what_speaks_of_a_prospect_who_was_refused_may_come_again(wang: Desk) -> None:
    prospect = "5c" * 16
    good, bad = ({"origin": "desk", "name": "新客户", "kept": kept} for kept in ("[]", "["))
    told = wang.push(item("visit", prospect, content="met"), item("client", prospect, prospect, **bad)).results
    assert [(one.status, one.code) for one in told] == [("deferred", "no_client"), ("refused", "kind")]
    told = wang.push(item("visit", prospect, content="met"), item("client", prospect, prospect, **good)).results
    assert [one.status for one in told] == ["applied", "applied"]


def test_a_late_edit_brings_nothing_of_others_to_life(hub: HubUnderTest, wang: Desk) -> None:
    """In one batch: something kept for another book, and a child hung on a deleted parent of that book."""
    li = Desk(hub, hub.people.li)
    client, mine = client_in(hub.core.database, li.person.book), client_in(hub.core.database, wang.person.book)
    house = li.one(item("household", name="李家"))
    assert house.row is not None
    li.one(deletion("household", house.id, house.row.rev))
    with hub.core.database.transaction() as connection:
        connection.execute(
            "INSERT INTO membership VALUES ('m', %s, %s, '2000-01-01', '2000-01-02', '', now())",
            (wang.person.id, li.person.book),
        )
    told = wang.push(
        item("visit", client, content="late"), item("household_member", mine, household_id=house.id)
    ).results
    assert [(one.status, one.code) for one in told] == [("handed_over", ""), ("deferred", "no_parent")]
    li.pull()
    assert li.rows[house.id].deleted
    assert {row.type for row in li.rows.values()} == {"household", "late_edit"}


def test_a_child_in_one_book_finds_its_parent_in_another_of_the_same_manager(hub: HubUnderTest, wang: Desk) -> None:
    from rmdesk.hub.services import founding

    second = founding.add_book(hub.core.database, wang.person.team, wang.person.id, "second")
    client = client_in(hub.core.database, second)
    house = wang.one(item("household", name="王家"))
    done = wang.one(item("household_member", client, household_id=house.id))
    assert (done.status, done.row and done.row.scope) == ("applied", f"book:{second}")
