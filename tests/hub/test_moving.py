"""What comes in between: a hand-over while a batch is taken in, a lock held too long, a greeting of odd words."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
import pytest

from rmdesk.hub.services.push import reading
from rmdesk.wire import messages
from tests.hub.desks import Desk, client_in, item
from tests.support.hub import HubUnderTest, People, hub_from


@pytest.fixture
def wang(hub: HubUnderTest) -> Desk:
    return Desk(hub, hub.people.wang)


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
