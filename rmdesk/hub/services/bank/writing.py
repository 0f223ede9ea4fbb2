"""Writes the facts of one book into its scope: only what differs is numbered and kept, in sets, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import uuid4

from psycopg import Connection
from psycopg.types.json import Jsonb

from rmdesk.base import clock
from rmdesk.hub.services.audit import append
from rmdesk.wire.bank import FACTS, TYPES
from rmdesk.wire.merge import digest_of, next_rev

MOD = 1 << 64
PAGE = 1000  # records of one statement


class Told(NamedTuple):
    """A record to be: its type, its id, its client's wire id ("" without one), its facts."""

    type: str
    id: str
    client: str
    text: str


class Before(NamedTuple):
    """A record that is there."""

    rev: int
    deleted: bool
    hash: bytes


class Written(NamedTuple):
    """What became of a book's records."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


class Head(NamedTuple):
    """A scope, locked until the transaction ends."""

    head: int
    live: int
    digest: int


def lock(connection: Connection[Any], scopes: Iterable[str]) -> dict[str, Head]:
    """Lock scopes in the order of their ids."""
    found = {}
    for scope in sorted(scopes):
        row = connection.execute("SELECT head, live, digest FROM scope WHERE id = %s FOR UPDATE", (scope,)).fetchone()
        if row is None:
            raise LookupError("a scope that is not there, or not one of the transaction's")
        found[scope] = Head(row[0], row[1], int(row[2]))
    return found


def before(connection: Connection[Any], scope: str) -> dict[str, Before]:
    """The bank's records of a scope by id."""
    rows = connection.execute(
        "SELECT id, rev, deleted, sha256(convert_to(coalesce(fields ->> %s, ''), 'UTF8')) FROM record"
        " WHERE scope_id = %s AND type = ANY(%s)",
        (FACTS, scope, list(TYPES)),
    )
    return {row[0]: Before(*row[1:]) for row in rows}


def differing(there: Mapping[str, Before], told: Iterable[Told]) -> list[Told]:
    """Those that are not there, or there with other facts."""
    return [
        one
        for one in told
        if (was := there.get(one.id)) is None or was.deleted or was.hash != hashlib.sha256(one.text.encode()).digest()
    ]


def counted(there: Mapping[str, Before], told: Sequence[Told], differ: Sequence[Told]) -> Written:
    """How many records are new, changed and unchanged."""
    new = sum(one.id not in there or there[one.id].deleted for one in differ)
    return Written(new, len(differ) - new, len(told) - len(differ))


def write(
    connection: Connection[Any],
    scope: str,
    head: Head,
    there: Mapping[str, Before],
    differ: Sequence[Told],
    epoch: int,
    by: str,
    load: str,
) -> None:
    """Keep these records; the scope is locked. Their numbers follow its head, in the order given."""
    seq, live, digest = head
    now = clock.now()
    for start in range(0, len(differ), PAGE):
        page = differ[start : start + PAGE]
        revs = []
        for one in page:
            was = there.get(one.id)
            rev = next_rev(0 if was is None else was.rev, epoch)
            if was is not None and not was.deleted:
                digest, live = (digest - digest_of(one.id, was.rev)) % MOD, live - 1
            digest, live = (digest + digest_of(one.id, rev)) % MOD, live + 1
            revs.append(rev)
        columns = [[getattr(one, name) for one in page] for name in ("id", "type", "client", "text")]
        connection.execute(_RECORDS, (scope, seq, by, now.isoformat(), now, *columns, revs))
        hashes = [hashlib.sha256(one.text.encode()).hexdigest() for one in page]
        told = [Jsonb({"load": load, "sha256": text}) for text in hashes]
        entries = [uuid4().hex for _ in page]
        connection.execute(_HISTORY, (scope, by, now, entries, columns[0], columns[1], revs, told))
        connection.execute(_HOMES, (scope, columns[0]))
        seq += len(page)
    connection.execute("UPDATE scope SET head = %s, live = %s, digest = %s WHERE id = %s", (seq, live, digest, scope))


_RECORDS = f"""
INSERT INTO record (scope_id, seq, by, at, received_at, device, parent_id, deleted, conflicts,
                    id, type, client_id, rev, fields, field_rev)
SELECT given.scope, given.head + t.n, given.by, given.at, given.received, '', NULL, false, '{{}}',
       t.id, t.type, nullif(t.client, ''), t.rev,
       jsonb_build_object('{FACTS}', t.facts), jsonb_build_object('{FACTS}', t.rev)
FROM (SELECT %s::text AS scope, %s::bigint AS head, %s::text AS by, %s::text AS at, %s::timestamptz AS received) given,
     unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[])
         WITH ORDINALITY AS t(id, type, client, facts, rev, n)
ON CONFLICT (scope_id, id) DO UPDATE SET
    seq = excluded.seq, by = excluded.by, at = excluded.at, received_at = excluded.received_at, deleted = false,
    client_id = excluded.client_id, rev = excluded.rev, fields = excluded.fields, field_rev = excluded.field_rev
"""
_HISTORY = """
INSERT INTO record_history (scope_id, by, at, entry, id, type, rev, patch, status, device, push_no)
SELECT %s::text, %s::text, %s::timestamptz, t.entry, t.id, t.type, t.rev, t.patch, 'applied', '', 0
FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[], %s::jsonb[]) AS t(entry, id, type, rev, patch)
"""
_HOMES = """
INSERT INTO record_dir (id, home) SELECT t.id, %s FROM unnest(%s::text[]) AS t(id)
ON CONFLICT (id) DO UPDATE SET home = excluded.home WHERE record_dir.home <> excluded.home
"""


def leave_pool(
    connection: Connection[Any], pool: str, clients: Sequence[str], load: str, head: Head
) -> dict[str, Before]:
    """Take clients (wire ids) out of the pool, whose scope is locked; gives their records as they were there."""
    rows = list(
        connection.execute(
            "SELECT id, rev FROM record WHERE scope_id = %s AND client_id = ANY(%s)", (pool, list(clients))
        )
    )
    connection.execute("DELETE FROM record WHERE scope_id = %s AND client_id = ANY(%s)", (pool, list(clients)))
    digest = head.digest
    for record, rev in rows:
        digest = (digest - digest_of(record, rev)) % MOD
    connection.execute(
        "INSERT INTO scope_exit (scope_id, seq, client_id, handover_id, at)"
        " SELECT given.scope, given.head + t.n, t.client, given.load, given.at FROM"
        " (SELECT %s::text AS scope, %s::bigint AS head, %s::text AS load, %s::timestamptz AS at) given,"
        " unnest(%s::text[]) WITH ORDINALITY AS t(client, n)",
        (pool, head.head, load, clock.now(), list(clients)),
    )
    connection.execute(
        "UPDATE scope SET head = %s, live = live - %s, digest = %s WHERE id = %s",
        (head.head + len(clients), len(rows), digest, pool),
    )
    return {record: Before(rev, True, b"") for record, rev in rows}


def witness(connection: Connection[Any], scope: str, load: str, by: str, records: int) -> None:
    """Put the load on record in the chain of the scope."""
    append(connection, scope, by, "", "bank_load", {"load": load, "records": records})
