"""The bytes of attachments, in pieces of a mebibyte, reached only through an attachment record in a readable scope."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.failures import Failed, foreign
from rmdesk.hub.services import scopes
from rmdesk.hub.services.desks import desk
from rmdesk.wire.blobs import BlobState
from rmdesk.wire.messages import CHUNK

FOUND = """
SELECT scope_id, fields ->> 'size' FROM record
WHERE scope_id = ANY(%s) AND type = 'attachment' AND fields ->> 'sha256' = %s AND NOT deleted ORDER BY scope_id
"""
MADE = """
INSERT INTO blob (scope_id, sha256, size, by, at) VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
LOCKED = "SELECT size, whole FROM blob WHERE scope_id = %s AND sha256 = %s FOR UPDATE"
PARTS = "SELECT part, length(data) FROM blob_part WHERE scope_id = %s AND sha256 = %s ORDER BY part"
DATA = "SELECT data FROM blob_part WHERE scope_id = %s AND sha256 = %s ORDER BY part"
MOVED = """
WITH gone AS (DELETE FROM {0} WHERE scope_id = %(old)s AND sha256 = ANY(%(these)s) RETURNING {1})
INSERT INTO {0} (scope_id, {1}) SELECT %(new)s, {1} FROM gone ON CONFLICT DO NOTHING
"""


class Held(NamedTuple):
    """Where an attachment's bytes belong, and how many there are."""

    scope: str
    size: int


def put(hub: Hub, who: Caller, sha256: str, offset: int, data: bytes) -> BlobState:
    """Take in a piece; an empty one only asks how far it got. The last one is taken only if all of it has that hash."""

    def work(connection: Connection[Any]) -> BlobState:
        held = _held(hub, connection, who, sha256, writing=True)
        if held.size > hub.settings.most_blob:
            raise Failed(413, "too_long")
        connection.execute(MADE, (held.scope, sha256, held.size, who.user, clock.now()))
        row = connection.execute(LOCKED, (held.scope, sha256)).fetchone()
        size, whole = row if row is not None else (held.size, False)
        if whole:
            return BlobState(sha256, size, size, True)
        if data:
            _check_piece(offset, len(data), size)
            connection.execute(
                "INSERT INTO blob_part VALUES (%s, %s, %s, %s) ON CONFLICT (scope_id, sha256, part) "
                "DO UPDATE SET data = excluded.data",
                (held.scope, sha256, offset // CHUNK, data),
            )
        have = _have(connection, held.scope, sha256)
        if have == size:
            whole = _seal(connection, held.scope, sha256)
            have = size if whole else 0
        return BlobState(sha256, size, have, whole)

    state = hub.database.run(work)
    if data and state.have == 0:
        raise Failed(422, "hash")  # what had been taken in is gone
    return state


def get(hub: Hub, who: Caller, sha256: str, offset: int) -> tuple[bytes, int]:
    """A piece from `offset` on, at most to the end of its mebibyte, and the size of the whole."""

    def work(connection: Connection[Any]) -> tuple[bytes, int]:
        held = _held(hub, connection, who, sha256, writing=False)
        row = connection.execute(
            "SELECT b.size, p.data FROM blob b JOIN blob_part p USING (scope_id, sha256) "
            "WHERE b.scope_id = %s AND b.sha256 = %s AND b.whole AND p.part = %s",
            (held.scope, sha256, offset // CHUNK),
        ).fetchone()
        if row is None:
            raise foreign()
        return bytes(row[1])[offset % CHUNK :], row[0]

    return hub.database.run(work, reading=True)


def moved(connection: Connection[Any], old: str, new: str, these: list[str]) -> None:
    """Take bytes along to another scope; the transaction works in both. For hand-overs."""
    told = {"old": old, "new": new, "these": these}
    for table, columns in (("blob", "sha256, size, whole, by, at"), ("blob_part", "sha256, part, data")):
        connection.execute(MOVED.format(table, columns), told)


def _held(hub: Hub, connection: Connection[Any], who: Caller, sha256: str, *, writing: bool) -> Held:
    """Through which scope the caller reaches the bytes; 404 when through none."""
    desk(connection, who, who.device)
    granted = scopes.grants(connection, who).values()
    readable = [one.id for one in granted if one.write or not writing]
    hub.database.enter(connection, readable)
    row = connection.execute(FOUND, (readable, sha256)).fetchone()
    if row is None or not str(row[1]).isdigit():
        raise foreign()
    return Held(row[0], int(row[1]))


def _check_piece(offset: int, length: int, size: int) -> None:
    if offset % CHUNK or offset >= size or length != min(CHUNK, size - offset):
        raise Failed(422, "piece", field="offset")


def _have(connection: Connection[Any], scope: str, sha256: str) -> int:
    """How many bytes there are from the beginning without a gap."""
    have = 0
    for number, (part, length) in enumerate(connection.execute(PARTS, (scope, sha256)).fetchall()):
        if part != number:
            break
        have += length
    return have


def _seal(connection: Connection[Any], scope: str, sha256: str) -> bool:
    """Keep the bytes for good if they have that hash; else forget them."""
    found = hashlib.sha256()
    for (data,) in connection.execute(DATA, (scope, sha256)):
        found.update(data)
    if found.hexdigest() == sha256:
        connection.execute("UPDATE blob SET whole = true WHERE scope_id = %s AND sha256 = %s", (scope, sha256))
        return True
    connection.execute("DELETE FROM blob_part WHERE scope_id = %s AND sha256 = %s", (scope, sha256))
    return False
