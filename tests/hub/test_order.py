"""Case 11: whoever reads by the numbers of a scope misses nothing, however slowly others commit."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import psycopg
import pytest

from rmdesk.hub.core import Caller
from rmdesk.hub.embedded import Postgres
from rmdesk.hub.services import founding, pull
from rmdesk.hub.services.push import pushing
from rmdesk.wire.messages import Cursor, Pull, Push
from tests.hub.desks import client_in, item
from tests.support.hub import HubUnderTest, People, hub_from

WRITERS, SECONDS, SLOWEST = 12, 4.0, 0.03


@pytest.fixture
def wide(postgres: Postgres, hub_template: tuple[str, People]) -> Iterator[HubUnderTest]:
    """A hub with a connection for each writer."""
    with hub_from(postgres, *hub_template, pool=WRITERS + 2) as made:
        yield made


def all_at_once(write: Callable[[int, float], None], read: Callable[[], None]) -> None:
    """Writers for some seconds, a reader beside them and once more after them."""
    end = time.monotonic() + SECONDS
    broken: list[BaseException] = []

    def kept(number: int) -> None:
        try:
            write(number, end)
        except BaseException as error:
            broken.append(error)

    threads = [threading.Thread(target=kept, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        read()
    for thread in threads:
        thread.join()
    read()
    assert broken == []


def test_case_11_the_order_of_numbers_is_the_order_of_commits(
    wide: HubUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, wang = wide.core, wide.people.wang
    client, scope = client_in(hub.database, wang.book), f"book:{wang.book}"
    devices = [founding.add_device(hub.database, wang.id, f"desk {number}") for number in range(WRITERS)]
    reader = Caller(wang.id, wang.device, "manager", wang.team)
    written: list[str] = []
    seen: dict[str, int] = {}
    cursor = [0]
    whole = pushing.packed

    def slowly(answer: Any) -> Any:
        time.sleep(random.uniform(0, SLOWEST))  # everything is written, nothing committed
        return whole(answer)

    monkeypatch.setattr(pushing, "packed", slowly)

    def write(number: int, end: float) -> None:
        who = Caller(wang.id, devices[number], "manager", wang.team)
        push_no = 0
        while time.monotonic() < end or push_no < 2:  # however slow the machine
            push_no += 1
            told = Push(devices[number], push_no, 0, 1, [item("visit", client, content="x"), item("journal")])
            pushing.push(hub, who, told, msgspec.json.encode(told))
            written.append(told.items[0].id)

    def read() -> None:
        more = True
        while more:
            told = Pull(reader.device, 0, 1, 0, {scope: Cursor(cursor[0])}, 50)
            feed = pull.pull(hub, reader, told).scopes[scope]
            for event in feed.events:
                assert event.row is not None
                assert event.seq > cursor[0]
                seen[event.row.id] = event.seq
            cursor[0], more = feed.cursor, feed.more

    all_at_once(write, read)
    assert len(written) > WRITERS
    assert set(seen) == set(written)
    assert sorted(seen.values()) == list(range(1, len(written) + 1))


def test_a_counter_that_nobody_locks_loses_rows(wide: HubUnderTest) -> None:
    """The control: were nothing lost here, the test above would prove nothing."""
    with psycopg.connect(wide.owner_dsn, autocommit=True) as owner:
        owner.execute("CREATE TABLE naive (id bigserial PRIMARY KEY, told text)")
    written: list[int] = []
    seen: set[int] = set()

    def write(number: int, end: float) -> None:
        with psycopg.connect(wide.owner_dsn) as connection:
            while time.monotonic() < end:
                row = connection.execute("INSERT INTO naive (told) VALUES ('x') RETURNING id").fetchone()
                time.sleep(random.uniform(0, SLOWEST))
                connection.commit()
                assert row is not None
                written.append(row[0])

    with psycopg.connect(wide.owner_dsn, autocommit=True) as reading:

        def read() -> None:
            rows = reading.execute("SELECT id FROM naive WHERE id > %s ORDER BY id", (max(seen, default=0),))
            seen.update(row[0] for row in rows)

        all_at_once(write, read)
    assert set(written) - seen != set()


def test_two_who_need_each_others_scopes_both_get_through(wide: HubUnderTest) -> None:
    """Locks are taken in the order of the ids, whatever the order of the items."""
    hub, people = wide.core, wide.people
    one, two = (client_in(hub.database, person.book) for person in (people.wang, people.li))
    with hub.database.transaction() as connection:
        for user, book in ((people.wang.id, people.li.book), (people.li.id, people.wang.book)):
            connection.execute(
                "INSERT INTO membership VALUES (%s, %s, %s, '2000-01-01', '2100-01-01', '', now())", (user, user, book)
            )

    def write(number: int, end: float) -> None:
        person = people.wang if number % 2 else people.li
        device = founding.add_device(hub.database, person.id, "desk")
        who, push_no = Caller(person.id, device, "manager", person.team), 0
        clients = (one, two) if number % 3 else (two, one)
        while time.monotonic() < end - SECONDS / 2:
            push_no += 1
            told = Push(device, push_no, 0, 1, [item("visit", client) for client in clients])
            pushing.push(hub, who, told, msgspec.json.encode(told))

    all_at_once(write, lambda: time.sleep(0.05))
