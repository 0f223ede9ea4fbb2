"""Who did what: one chain of entries for each scope, each holding the hash of the one before; and what tells the first
entry that is not as it was written.

The row of the scope keeps the number and the hash of the last entry, so that entries missing at the end are noticed
too. Whoever can change all tables at will could write a whole chain anew: against that helps only what is kept outside
(docs/adr/0029-people-and-devices.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from psycopg import Connection

from rmdesk.base import clock
from rmdesk.wire.ids import scope_id

PAGE = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `detail` holds ids, numbers and codes, never values of fields."""

    scope: str
    no: int
    at: datetime
    user: str
    device: str
    action: str
    detail: dict[str, Any]
    hash: bytes = b""


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first entry of a chain that is not as it was written. `why`: missing, changed, cut."""

    scope: str
    no: int
    why: str


def append(
    connection: Connection[Any], scope: str, user: str, device: str, action: str, detail: dict[str, Any]
) -> None:
    """Write an entry; the transaction works in the scope. Locks the scope's row."""
    row = connection.execute("SELECT audit_no, audit_head FROM scope WHERE id = %s FOR UPDATE", (scope,)).fetchone()
    if row is None:
        raise LookupError("scope")
    entry = Entry(scope, row[0] + 1, clock.now(), user, device, action, detail)
    head = hash_of(row[1], entry)
    connection.execute(
        "INSERT INTO audit (scope_id, no, at, user_id, device_id, action, detail, hash) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, %s)",
        (scope, entry.no, entry.at, user, device, action, msgspec.json.encode(detail).decode(), head),
    )
    connection.execute("UPDATE scope SET audit_no = %s, audit_head = %s WHERE id = %s", (entry.no, head, scope))


def hash_of(before: bytes, entry: Entry) -> bytes:
    """SHA-256 of the hash before and of everything the entry says, in one fixed spelling."""
    told = [
        entry.scope,
        entry.no,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.user,
        entry.device,
        entry.action,
        entry.detail,
    ]
    return hashlib.sha256(bytes(before) + msgspec.json.encode(told, order="sorted")).digest()


def flaw(entries: Iterable[Entry], scope: str, count: int, head: bytes) -> Flaw | None:
    """The first flaw of a chain given from its beginning; `count` and `head` are what the scope's row keeps."""
    before, expected = b"", 1
    for entry in entries:
        if entry.no != expected:
            return Flaw(scope, min(expected, entry.no), "missing")
        if entry.scope != scope or entry.hash != hash_of(before, entry):
            return Flaw(scope, entry.no, "changed")
        before, expected = entry.hash, expected + 1
    if expected - 1 != count or before != head:
        return Flaw(scope, expected, "cut")
    return None


def verify(connection: Connection[Any], scope: str) -> Flaw | None:
    """Walk the chain of one scope; the transaction works in it."""
    row = connection.execute("SELECT audit_no, audit_head FROM scope WHERE id = %s", (scope,)).fetchone()
    if row is None:
        return Flaw(scope, 0, "missing")
    return flaw(_entries(connection, scope), scope, row[0], bytes(row[1]))


def latest(connection: Connection[Any], scope: str, most: int = 200) -> list[Entry]:
    """The newest entries of a scope, newest first."""
    return [Entry(scope, *row) for row in connection.execute(f"{_SELECT} ORDER BY no DESC LIMIT %s", (scope, most))]


def all_scopes(connection: Connection[Any], hub: str) -> list[str]:
    """Every scope there is, in order."""
    found = [f"hub:{hub}"]
    found += [scope_id("own", key) for (key,) in connection.execute("SELECT id FROM hub_user")]
    found += [scope_id("team", key) for (key,) in connection.execute("SELECT id FROM team")]
    for (key,) in connection.execute("SELECT id FROM book"):
        found += [scope_id("bank", key), scope_id("book", key)]
    return sorted(found)


_SELECT = "SELECT no, at, user_id, device_id, action, detail, hash FROM audit WHERE scope_id = %s"


def _entries(connection: Connection[Any], scope: str) -> Iterable[Entry]:
    last = -(1 << 62)
    while True:
        page = list(connection.execute(f"{_SELECT} AND no > %s ORDER BY no LIMIT %s", (scope, last, PAGE)))
        for no, at, user, device, action, detail, seal in page:
            yield Entry(scope, no, at, user, device, action, detail, bytes(seal))
        if len(page) < PAGE:
            return
        last = page[-1][0]
