"""Moves clients from one book to another, within a transaction that works in the four scopes of the two books.

Records go out of the old scopes and come into the new ones with new numbers and revisions (never by changing the scope
of a row: databases that are spread by scope refuse that). In the old scopes an exit tells each desk that the client
left; a person or household that went along leaves a deletion behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import msgspec
from msgspec.structs import replace
from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.database import Again
from rmdesk.hub.services.handing import kin
from rmdesk.hub.services.handing.carrying import carried
from rmdesk.hub.services.rows import COLUMNS, parent_of, read
from rmdesk.wire.ids import scope_id
from rmdesk.wire.merge import digest_of, next_rev
from rmdesk.wire.messages import Row
from rmdesk.wire.registry import BY_NAME

MOD = 1 << 64
LOCK = "SELECT id, head, live, digest FROM scope WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
HERE = "SELECT count(*) FROM hub_client WHERE id = ANY(%s) AND book = %s"
EXIT = "INSERT INTO scope_exit (scope_id, seq, client_id, handover_id, at) VALUES (%s, %s, %s, %s, %s)"
KEPT = """
INSERT INTO record (scope_id, id, type, client_id, parent_id, rev, seq, deleted, fields, field_rev, conflicts,
                    by, device, at, received_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s::jsonb, %s, '', %s, %s)
ON CONFLICT (scope_id, id) DO UPDATE SET
  client_id = excluded.client_id, parent_id = excluded.parent_id, rev = excluded.rev, seq = excluded.seq,
  deleted = excluded.deleted, fields = excluded.fields, field_rev = excluded.field_rev,
  conflicts = excluded.conflicts, by = excluded.by, device = '', at = excluded.at, received_at = excluded.received_at
"""
HISTORY = """
INSERT INTO record_history (scope_id, entry, id, type, rev, patch, status, by, device, push_no, at)
VALUES (%s, %s, %s, %s, %s, '{}', 'moved', %s, '', 0, %s)
"""
BLOBS = """
SELECT DISTINCT fields ->> 'sha256' FROM record WHERE scope_id = %s AND type = 'attachment' AND id = ANY(%s)
"""


@dataclass
class _Scope:
    """A locked scope."""

    id: str
    head: int
    live: int
    digest: int

    def out(self, row: Row) -> None:
        if not row.deleted:
            self.digest = (self.digest - digest_of(row.id, row.rev)) % MOD
            self.live -= 1

    def into(self, row: Row) -> Row:
        if not row.deleted:
            self.digest = (self.digest + digest_of(row.id, row.rev)) % MOD
            self.live += 1
        self.head += 1
        return replace(row, scope=self.id, seq=self.head)


@dataclass(frozen=True, slots=True)
class Move:
    """`handovers`: by client (wire id) the id of the hand-over."""

    from_book: str
    to_book: str
    handovers: Mapping[str, str]
    by: str
    epoch: int
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def scopes(self) -> list[str]:
        """The four scopes the transaction works in."""
        return scopes_of(self.from_book, self.to_book)


def scopes_of(*books: str) -> list[str]:
    """Both scopes of each book, in the order in which they are locked."""
    return sorted(scope_id(kind, book) for book in set(books) for kind in ("bank", "book"))


def move(connection: Connection[Any], told: Move) -> None:
    """Move them; the directories say so in the same transaction. `Again` when they are no longer in the old book."""
    locked = {row[0]: _Scope(row[0], row[1], row[2], int(row[3])) for row in connection.execute(LOCK, (told.scopes,))}
    clients = sorted(told.handovers)
    here = connection.execute(
        "SELECT count(*) FROM hub_client WHERE id = ANY(%s) AND book = %s", (clients, told.from_book)
    )
    if len(locked) != 4 or (here.fetchone() or (0,))[0] != len(clients):
        raise Again
    for kind in ("bank", "book"):
        old, new = locked[scope_id(kind, told.from_book)], locked[scope_id(kind, told.to_book)]
        moved = read(
            connection,
            f"SELECT {COLUMNS} FROM record WHERE scope_id = %s AND client_id = ANY(%s) ORDER BY seq",
            (old.id, clients),
        )
        _blobs(connection, old, new, moved)
        rows = _taken_out(connection, told, old, moved)
        if kind == "bank":
            rows = carried(connection, told.from_book, told.to_book, rows, told.epoch)
        else:
            rows = _with_kin(connection, told, old, new, moved, rows)
        _put(connection, told, [new.into(row) for row in rows])
        _exits(connection, told, old, clients)
        told.counts[kind] = len(rows)
    connection.execute("UPDATE hub_client SET book = %s WHERE id = ANY(%s)", (told.to_book, clients))
    for one in locked.values():
        connection.execute(
            "UPDATE scope SET head = %s, live = %s, digest = %s WHERE id = %s", (one.head, one.live, one.digest, one.id)
        )


def _taken_out(connection: Connection[Any], told: Move, old: _Scope, moved: Sequence[Row]) -> list[Row]:
    """Delete the rows from the old scope; gives them with the revisions they come in with."""
    connection.execute("DELETE FROM record WHERE scope_id = %s AND id = ANY(%s)", (old.id, [row.id for row in moved]))
    for row in moved:
        old.out(row)
    return [replace(row, rev=next_rev(row.rev, told.epoch)) for row in moved]


def _with_kin(
    connection: Connection[Any], told: Move, old: _Scope, new: _Scope, moved: Sequence[Row], rows: list[Row]
) -> list[Row]:
    """The persons and households the moved records need, before those records."""
    types = sorted({*kin.LINKING, *kin.KIN})
    others = read(connection, f"SELECT {COLUMNS} FROM record WHERE scope_id = %s AND type = ANY(%s)", (old.id, types))
    found = kin.going(moved, others, told.to_book)
    by_id = {row.id: row for row in others}
    along = [by_id[one] for one in sorted(found.move, key=lambda one: by_id[one].seq)]
    graves = []
    for row in along:  # gone from here: those who follow this scope hear of a deletion, older than what comes elsewhere
        old.out(row)
        grave = replace(row, rev=next_rev(row.rev, told.epoch), deleted=True, fields={}, field_rev={}, conflicts={})
        graves.append(old.into(grave))
    _put(connection, told, graves, home=False)
    along = [replace(row, rev=next_rev(grave.rev, told.epoch)) for row, grave in zip(along, graves, strict=True)]
    copies = [by_id[one] for one in sorted(found.copy, key=lambda one: by_id[one].seq)]
    there = {
        row[0]
        for row in connection.execute(
            "SELECT id FROM record WHERE scope_id = %s AND id = ANY(%s) AND NOT deleted",
            (new.id, list(found.copy.values())),
        )
    }
    fresh = [_copy(row, found.copy[row.id], told.epoch) for row in copies if found.copy[row.id] not in there]
    return [_pointed(row, found.copy) for row in (*along, *fresh, *rows)]


def _copy(row: Row, id_: str, epoch: int) -> Row:
    rev = next_rev(0, epoch)
    return replace(row, id=id_, rev=rev, field_rev=dict.fromkeys(row.fields, rev), conflicts={})


def _pointed(row: Row, copies: Mapping[str, str]) -> Row:
    changed = kin.pointed(row, copies)
    if not changed:
        return row
    revs = {**row.field_rev, **dict.fromkeys(changed, row.rev)}
    return replace(row, fields={**row.fields, **changed}, field_rev=revs)


def _put(connection: Connection[Any], told: Move, rows: Sequence[Row], *, home: bool = True) -> None:
    now = clock.now()
    kinds = {row.id: BY_NAME.get(row.type) for row in rows}
    parents = {row.id: parent_of(kind, row.fields) if (kind := kinds[row.id]) else None for row in rows}
    with connection.cursor() as cursor:
        cursor.executemany(
            KEPT,
            [
                (row.scope, row.id, row.type, row.client, parents[row.id], row.rev, row.seq, row.deleted,
                 _json(row.fields), _json(row.field_rev), _json(row.conflicts), row.by, row.at, now)
                for row in rows
            ],
        )  # fmt: skip
        if home:
            cursor.executemany(
                "INSERT INTO record_dir (id, home) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET home = excluded.home",
                [(row.id, row.scope) for row in rows],
            )
            cursor.executemany(
                HISTORY,
                [(row.scope, uuid4().hex, row.id, row.type, row.rev, told.by, now) for row in rows],
            )


def _exits(connection: Connection[Any], told: Move, old: _Scope, clients: Sequence[str]) -> None:
    now = clock.now()
    steps = []
    for client in clients:
        old.head += 1
        steps.append((old.id, old.head, client, told.handovers[client], now))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO scope_exit (scope_id, seq, client_id, handover_id, at) VALUES (%s, %s, %s, %s, %s)", steps
        )


def _blobs(connection: Connection[Any], old: _Scope, new: _Scope, moved: Sequence[Row]) -> None:
    """The bytes of attachments go along; they stay where another record needs them too."""
    ids = [row.id for row in moved if row.type == "attachment"]
    if not ids:
        return
    shas = [row[0] for row in connection.execute(BLOBS, (old.id, ids)) if row[0]]
    for table in ("blob", "blob_part"):
        columns = _columns(table)
        connection.execute(
            f"INSERT INTO {table} (scope_id, {columns}) SELECT %s, {columns} FROM {table} "
            "WHERE scope_id = %s AND sha256 = ANY(%s) ON CONFLICT DO NOTHING",
            (new.id, old.id, shas),
        )
    lone = [
        row[0]
        for row in connection.execute(
            "SELECT one FROM unnest(%s::text[]) AS one WHERE NOT EXISTS (SELECT 1 FROM record WHERE scope_id = %s "
            "AND type = 'attachment' AND fields ->> 'sha256' = one AND NOT id = ANY(%s))",
            (shas, old.id, ids),
        )
    ]
    for table in ("blob_part", "blob"):
        connection.execute(f"DELETE FROM {table} WHERE scope_id = %s AND sha256 = ANY(%s)", (old.id, lone))


def _columns(table: str) -> str:
    from rmdesk.hub.models.all import metadata

    return ", ".join(column.name for column in metadata.tables[table].columns if column.name != "scope_id")


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
