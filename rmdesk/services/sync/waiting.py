"""Rows of the hub that cannot be written, or not wholly, yet: what they hang on is not here, or a newer program's.

Nothing of the hub's is dropped: such a row is kept as it was told, tried again when what it needs has come, and
counts as held when desk and hub compare what they have.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

import msgspec

from rmdesk.models.kinds import Topic
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.wire.messages import Row
from rmdesk.wire.registry import BY_NAME

_KEEP = "INSERT OR REPLACE INTO sync_waiting (wire_id, entity, scope, needs, row) VALUES (?, ?, ?, ?, ?)"
# What came, or is simply here: a client has a wire id, any other record is known.
_READY = """
SELECT w.row FROM sync_waiting w WHERE w.needs IS NOT NULL AND w.entity IN (SELECT value FROM json_each(?)) AND (
    EXISTS (SELECT 1 FROM sync_client c WHERE c.wire_id = w.needs)
    OR EXISTS (SELECT 1 FROM sync_record r WHERE r.wire_id = w.needs AND r.deleted IS NULL)
)
"""


def keep(work: UnitOfWork, rows: Iterable[tuple[Row, str | None]]) -> None:
    """Let rows wait, each for the record of a wire id; None: for a newer version of this program."""
    told = [
        (row.id, row.type, row.scope, needs, msgspec.json.encode(row, order="sorted").decode()) for row, needs in rows
    ]
    if told:
        work.bulk(_KEEP, told, topics={Topic.SYNC})


def drop(work: UnitOfWork, wires: Iterable[str]) -> None:
    """These rows wait no longer."""
    told = [(wire,) for wire in wires]
    if told:
        work.bulk("DELETE FROM sync_waiting WHERE wire_id = ?", told, topics={Topic.SYNC})


def among(reads: Reads, wires: Iterable[str]) -> dict[str, Row]:
    """Those of these records that wait, as the hub told them."""
    sql = "SELECT row FROM sync_waiting WHERE wire_id IN (SELECT value FROM json_each(?))"
    return {row.id: row for row in _rows(reads.rows(sql, (json.dumps(list(wires)),)))}


def ready(reads: Reads) -> list[Row]:
    """Rows whose need seems to be here now."""
    found = reads.rows(_READY, (json.dumps(list(BY_NAME)),))
    return list(_rows(found))


def of_newer_programs(reads: Reads) -> list[Row]:
    """Rows that waited for a program that knows more, and of which this one knows the kind."""
    sql = "SELECT row FROM sync_waiting WHERE needs IS NULL AND entity IN (SELECT value FROM json_each(?))"
    return list(_rows(reads.rows(sql, (json.dumps(list(BY_NAME)),))))


def strange(row: Row) -> bool:
    """Whether a row says something that this program has no place for."""
    known = _known_fields(row.type)
    if row.fields.keys() <= known:
        return row.type not in BY_NAME
    return row.type not in BY_NAME or any(row.fields[name] is not None for name in row.fields.keys() - known)


@cache
def _known_fields(name: str) -> frozenset[str]:
    kind = BY_NAME.get(name)
    return frozenset() if kind is None else frozenset(field.name for field in kind.fields)


def _rows(found: Iterable[tuple[str, ...]]) -> Iterable[Row]:
    return (msgspec.json.decode(row[0], type=Row) for row in found)
