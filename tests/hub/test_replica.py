"""A copy of the database that follows behind: whatever it lacks, a desk loses sight of nothing. Case 13."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import msgspec
import psycopg
import pytest

from rmdesk.base.errors import Trouble
from rmdesk.hub import inspecting
from rmdesk.hub.embedded import Postgres
from rmdesk.hub.replica import PAUSE_S, Replica
from rmdesk.models.kinds import RecordId
from rmdesk.services.store.store import Store
from rmdesk.services.sync import address
from rmdesk.services.sync.engine import sync_round
from rmdesk.services.visits.tasks import AddTask, EditTask
from rmdesk.wire import messages
from rmdesk.wire.messages import Cursor, First, FirstPage, Pulled
from tests.hub.desks import Desk, client_in, item, second_desk
from tests.support.hub import HubUnderTest, People, hub_from
from tests.support.real_desks import desks, sync
from tests.support.standby import Standby

WHOLE = 1 << 62


@pytest.fixture(scope="module")
def standby(postgres: Postgres, hub_template: tuple[str, People]) -> Iterator[Standby]:
    """Of the server of all tests, once its first databases are there."""
    with Standby(postgres) as server:
        yield server


@pytest.fixture
def hub(postgres: Postgres, hub_template: tuple[str, People], standby: Standby) -> Iterator[HubUnderTest]:
    """A hub with a copy, which has all it had until now and then stands still."""
    with hub_from(postgres, *hub_template, standby) as made:
        client_in(made.core.database, made.people.wang.book)
        standby.follow()
        standby.hold()
        try:
            yield made
        finally:
            standby.follow()


def copied(hub: HubUnderTest) -> int:
    """How many feeds the copy told."""
    return next(
        (int(line.split()[1]) for line in hub.core.counts.lines() if line.startswith("rmdesk_copy_feeds_total ")), 0
    )


def ask(desk: Desk, need: int = 0) -> messages.Feed:
    """The next page of the book, with the head that the last push told."""
    cursor = Cursor(desk.cursors.get(desk.book, 0), need)
    told = messages.Pull(desk.person.device, desk.epoch, 1, desk.push_no, {desk.book: cursor}, 500)
    answer = desk.post("/v1/sync/pull", told)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Pulled).scopes[desk.book]


def page(desk: Desk, need: int | None, below: int = WHOLE) -> FirstPage:
    answer = desk.post("/v1/sync/first", First(desk.person.device, desk.epoch, 1, desk.book, below, 2, need))
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=FirstPage)


class Cut(httpx.BaseTransport):
    """A line that breaks when a desk wants to hear what is new."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self.inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/sync/pull":
            raise httpx.ConnectError("cut")
        return self.inner.handle_request(request)


def texts(store: Store) -> list[str]:
    return [row[0] for row in store.read(lambda reads: reads.rows("SELECT text FROM task"))]


def visits(hub: HubUnderTest, desk: Desk, count: int) -> tuple[set[str], int]:
    """New visits, and how far the hub got with them."""
    client = client_in(hub.core.database, desk.person.book)
    told = desk.push(*(item("visit", client, content=str(number)) for number in range(count)))
    return {one.id for one in told.results}, told.heads[desk.book]


def test_case_13_own_writes_are_there_though_the_copy_is_behind(
    hub: HubUnderTest, wang: Desk, standby: Standby
) -> None:
    made, head = visits(hub, wang, 3)
    feed = ask(wang, head)
    assert (feed.code, feed.cursor, {event.row.id for event in feed.events if event.row}) == ("", head, made)
    assert copied(hub) == 0
    assert ask(wang).cursor == 0  # another desk that knows of nothing yet waits for the copy, and misses nothing
    standby.follow()
    assert ask(wang, head).cursor == head
    assert copied(hub) == 2


def test_a_cursor_ahead_of_the_copy_is_not_put_back(hub: HubUnderTest, wang: Desk) -> None:
    made, _head = visits(hub, wang, 2)
    wang.pull()  # nothing, from the copy
    wang.cursors[wang.book] = ask(wang, _head).cursor
    more, head = visits(hub, wang, 1)
    feed = ask(wang)
    assert (feed.code, feed.head, {event.row.id for event in feed.events if event.row}) == ("", head, more)
    assert made.isdisjoint(more)


def test_a_first_load_does_not_mix_moments(hub: HubUnderTest, wang: Desk, standby: Standby) -> None:
    made, _head = visits(hub, wang, 3)
    standby.follow()
    standby.hold()
    other = Desk(
        hub, second_desk(hub, hub.people.wang)
    )  # the copy does not know of this desk: who may ask, it is not asked
    newer, _head = visits(hub, wang, 2)
    top = page(other, 0)
    assert (top.head, {row.id for row in top.rows} < made) == (3, True)
    assert {row.id for row in page(other, top.head, top.below).rows} == made - {row.id for row in top.rows}
    assert {row.id for row in page(other, None).rows} == newer  # an older program does not say what it knows
    assert {row.id for row in page(other, 5).rows} == newer


def test_case_13_at_a_real_desk_nothing_is_put_back(
    hub: HubUnderTest, standby: Standby, template: Path, tmp_path: Path
) -> None:
    with desks(hub, template, tmp_path) as desk_of:
        standby.follow()
        one, two = desk_of(hub.people.wang), desk_of(hub.people.wang)
        task = one.perform(AddTask("送资料", None)).result
        sync(hub, one)
        standby.follow()
        sync(hub, two)
        standby.hold()
        for turn in range(3):
            one.perform(EditTask(RecordId(task), f"送{turn}", None))
            if turn == 1:  # the answer to the push is here, and then the line breaks
                with pytest.raises(Trouble), address.connect(one, Cut(hub.transport)) as client:
                    sync_round(one, client)
            assert sync(hub, one).mended == 0
            assert texts(one) == [f"送{turn}"]
            assert sync(hub, one).mended == 0
            assert texts(one) == [f"送{turn}"]
        sync(hub, two)
        assert texts(two) == ["送资料"]
        standby.follow()
        assert sync(hub, two, one).mended == 0
        assert texts(two) == texts(one) == ["送2"]


def test_who_may_read_and_proofs_do_not_come_from_the_copy(hub: HubUnderTest, wang: Desk) -> None:
    made, head = visits(hub, wang, 2)
    assert wang.manifest().head == head
    assert {row.id for row in wang.fetch(*made)} == made
    client = hub.client(hub.people.admin)
    client.post(f"/v1/devices/{wang.person.device}/revoke")
    told = messages.Pull(wang.person.device, 0, 1, wang.push_no, {wang.book: Cursor()}, 500)
    assert wang.post("/v1/sync/pull", told).status_code == 403


def test_a_copy_of_another_epoch_is_not_read(hub: HubUnderTest, wang: Desk, standby: Standby) -> None:
    made, _head = visits(hub, wang, 2)
    wang.epoch = inspecting.raise_epoch(hub.owner_dsn)
    feed = ask(wang)
    assert {event.row.id for event in feed.events if event.row} == made
    assert copied(hub) == 0


def test_a_copy_that_does_not_answer_is_left_alone_for_a_while(
    postgres: Postgres, hub_template: tuple[str, People]
) -> None:
    with hub_from(postgres, *hub_template, replica_url="host=/nowhere user=x dbname=x") as hub:
        wang = Desk(hub, hub.people.wang)
        made, _head = visits(hub, wang, 2)
        for _turn in range(2):
            wang.cursors = {}
            wang.rows = {}
            wang.pull()
            assert wang.rows.keys() == made


def test_a_copy_is_asked_again_after_a_pause() -> None:
    tried: list[float] = []
    now = [0.0]

    class Silent:
        def run(self, *_told: object, **_more: object) -> None:
            tried.append(now[0])
            raise psycopg.OperationalError

    copy = Replica(Silent(), lambda: now[0])  # type: ignore[arg-type]
    for now[0] in (0.0, 1.0, PAUSE_S - 1, PAUSE_S, PAUSE_S + 1):
        assert copy.read(lambda _connection: 1, [], 0) is None
    assert tried == [0.0, PAUSE_S]


def test_the_doctor_looks_at_the_copy(hub: HubUnderTest) -> None:
    checks = {check.name: check for check in inspecting.examine(hub.settings)}
    assert checks["copy"].well
    alone = replace(hub.settings, replica_url=hub.settings.database_url)
    assert not next(one for one in inspecting.examine(alone) if one.name == "copy").well
