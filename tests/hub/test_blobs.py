"""Attachments: in pieces, checked by their hash, reached only through a record. Case 28 of the catalogue, hub side."""

from __future__ import annotations

import hashlib

import httpx
import pytest

from rmdesk.hub.services import blobs
from rmdesk.wire.messages import CHUNK
from tests.hub.desks import Desk, client_in, item
from tests.support.hub import HubUnderTest

PICTURE = bytes(range(256)) * 8192 + b"the rest"  # two pieces and a bit
SHA = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture
def attached(hub: HubUnderTest, wang: Desk) -> str:
    client = client_in(hub.core.database, wang.person.book)
    told = {"entity": "visit", "entity_id": "ab" * 16, "name": "门头.jpg", "media_type": "image/jpeg"}
    done = wang.one(item("attachment", client, size=len(PICTURE), sha256=SHA, **told))
    assert done.status == "applied"
    return client


def put(desk: Desk, offset: int, data: bytes, sha: str = SHA) -> httpx.Response:
    return desk.http.put(f"/v1/blobs/{sha}", params={"offset": offset}, content=data)


def pieces(data: bytes) -> list[tuple[int, bytes]]:
    return [(at, data[at : at + CHUNK]) for at in range(0, len(data), CHUNK)]


def test_it_goes_up_in_pieces_and_comes_down_again(hub: HubUnderTest, wang: Desk, attached: str) -> None:
    states = [put(wang, at, data).json() for at, data in pieces(PICTURE)]
    assert [(one["have"], one["whole"]) for one in states] == [
        (CHUNK, False), (2 * CHUNK, False), (len(PICTURE), True)
    ]  # fmt: skip
    lead = Desk(hub, hub.people.chen)
    got = b""
    while len(got) < len(PICTURE):
        answer = lead.http.get(f"/v1/blobs/{SHA}", params={"offset": len(got)})
        assert int(answer.headers["x-size"]) == len(PICTURE)
        got += answer.content
    assert got == PICTURE


def test_broken_off_anywhere_it_goes_on(wang: Desk, attached: str) -> None:
    parts = pieces(PICTURE)
    for broken in range(len(parts)):
        state = put(wang, 0, b"").json()
        assert (state["have"], state["whole"]) == (broken * CHUNK, False)
        put(wang, *parts[broken])
    put(wang, *parts[0])
    assert put(wang, 0, b"").json()["whole"]


def test_a_wrong_hash_is_refused_and_begun_anew(wang: Desk, attached: str) -> None:
    parts = pieces(PICTURE)
    for at, data in parts[:-1]:
        put(wang, at, data)
    answer = put(wang, parts[-1][0], b"the lies")
    assert (answer.status_code, answer.json()["code"]) == (422, "hash")
    assert put(wang, 0, b"").json()["have"] == 0
    assert wang.http.get(f"/v1/blobs/{SHA}").status_code == 404


@pytest.mark.parametrize(("offset", "data"), [(1, b"x"), (0, b"short"), (3 * CHUNK, b"x"), (2 * CHUNK, b"too long!!")])
def test_a_piece_that_does_not_fit_is_refused(wang: Desk, attached: str, offset: int, data: bytes) -> None:
    assert put(wang, offset, data).status_code == 422


def test_never_by_its_hash_alone(hub: HubUnderTest, wang: Desk, attached: str) -> None:
    for at, data in pieces(PICTURE):
        put(wang, at, data)
    for person in (hub.people.li, hub.people.zhao, hub.people.sun):
        desk = Desk(hub, person)
        assert desk.http.get(f"/v1/blobs/{SHA}").status_code == 404
        assert put(desk, 0, PICTURE[:CHUNK]).status_code == 404
    assert put(Desk(hub, hub.people.chen), 0, PICTURE[:CHUNK]).status_code == 404  # a lead reads


def test_what_is_too_long_is_refused(wang: Desk, attached: str) -> None:
    assert put(wang, 0, b"x" * (CHUNK + 1)).status_code == 413
    assert put(wang, 0, b"", sha="XYZ").status_code == 404
    assert wang.http.put(f"/v1/blobs/{SHA}?offset=-1", content=b"x").status_code == 422


def test_bytes_move_with_their_client(hub: HubUnderTest, wang: Desk, attached: str) -> None:
    for at, data in pieces(PICTURE):
        put(wang, at, data)
    old, new = wang.book, f"book:{hub.people.li.book}"
    with hub.core.database.transaction([old, new]) as connection:
        blobs.moved(connection, old, new, [SHA])
        assert connection.execute("SELECT DISTINCT scope_id FROM blob_part").fetchall() == [(new,)]
        assert connection.execute("SELECT scope_id, whole FROM blob").fetchall() == [(new, True)]
