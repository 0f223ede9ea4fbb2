"""Attachments between desks: in pieces, whatever breaks, and never another one than the record says (case 28)."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused, Trouble
from rmdesk.models.kinds import RecordId
from rmdesk.models.visits import Visit
from rmdesk.services.files import queries
from rmdesk.services.files.commands import AddAttachment
from rmdesk.services.sync.blobs import UNASKED_DAYS, WantFile
from rmdesk.wire.messages import CHUNK
from tests.conftest import TODAY
from tests.services.sync.conftest import Make
from tests.services.sync.small_hub import Desk, Person, SmallHub
from tests.support import build

VISIT = RecordId("1" * 32)
BIG = b"%PDF-1.4\n" + bytes(range(256)) * (5 * CHUNK // 512) + b"\n%%EOF\n"


@pytest.fixture
def pair(desk_of: Make, wang: Person) -> tuple[Desk, Desk]:
    one, two = desk_of(wang), desk_of(wang)

    def visit(work) -> None:
        work.add(Visit(id=VISIT, client_id=one.at(1), state="held", channel="phone", on=TODAY, entered_at=clock.now()))

    build.perform(one.store, visit)
    one.store.perform(AddAttachment("visit", VISIT, one.at(1), "保单.pdf", BIG))
    return one, two


def file_of(desk: Desk) -> RecordId:
    return RecordId(desk.value("SELECT id FROM attachment"))


def test_a_file_arrives_whole(pair, small_hub: SmallHub) -> None:
    one, two = pair
    assert one.sync().files_sent == 1
    assert two.sync().files_fetched == 1
    assert two.store.read(queries.content_of, file_of(two)).content == BIG
    assert one.sync().files_sent == two.sync().files_sent == two.sync().files_fetched == 0


@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_case_28_broken_off_at_each_piece_it_goes_on(pair, small_hub: SmallHub, method: str) -> None:
    one, two = pair
    if method == "GET":
        one.sync()
    desk = one if method == "PUT" else two
    pieces: list[int] = []

    def cut(path: str, body: bytes) -> httpx.Response | None:
        if path.startswith("/v1/blobs/"):
            pieces.append(len(body))
            if len(pieces) % 2 == 0:
                raise httpx.ReadError("cut")
        return None

    small_hub.before = cut
    broken = 0
    for _try in range(12):
        try:
            desk.sync()
            break
        except Trouble:
            broken += 1
    small_hub.before = lambda *_: None
    assert broken >= 2
    meet = (one, two)
    for each in meet:
        each.sync()
    assert two.store.read(queries.content_of, file_of(two)).content == BIG
    assert two.value("SELECT count(*) FROM sync_state WHERE name LIKE 'part:%'") == 0


def test_case_28_the_record_stands_before_its_bytes_come(pair, small_hub: SmallHub) -> None:
    one, two = pair
    small_hub.before = lambda path, _: httpx.Response(503) if path.startswith("/v1/blobs/") else None
    with pytest.raises(Trouble):
        one.sync()
    small_hub.before = lambda *_: None
    two.sync()
    with pytest.raises(Refused) as refused:
        two.store.read(queries.content_of, file_of(two))
    assert refused.value.code == "on_its_way"


def test_case_28_another_file_under_that_hash_is_not_taken(pair, small_hub: SmallHub) -> None:
    one, two = pair
    one.sync()
    name = next(iter(small_hub.blobs))
    right = small_hub.blobs[name]
    small_hub.blobs[name] = b"x" + right[1:]
    assert two.sync().files_fetched == 0
    assert two.value("SELECT count(*) FROM attachment_content") == 0
    assert two.value("SELECT count(*) FROM sync_state WHERE name LIKE 'part:%'") == 0
    small_hub.blobs[name] = right
    assert two.sync().files_fetched == 1


def test_what_was_added_long_ago_is_fetched_when_somebody_wants_to_see_it(pair, small_hub: SmallHub) -> None:
    one, two = pair
    old = (clock.now() - timedelta(days=UNASKED_DAYS + 1)).isoformat()
    build.perform(one.store, lambda work: work.bulk("UPDATE attachment SET added_at = ?", (old,), topics=()))
    assert one.sync().files_sent == 1
    assert two.sync().files_fetched == 0
    with pytest.raises(Refused) as refused:
        two.store.read(queries.content_of, file_of(two))
    assert refused.value.code == queries.ON_ITS_WAY
    two.store.perform(WantFile(file_of(two)))
    assert two.sync().files_fetched == 1
    assert two.store.read(queries.content_of, file_of(two)).content == BIG
    assert two.value("SELECT count(*) FROM sync_state WHERE name LIKE 'want:%'") == 0
