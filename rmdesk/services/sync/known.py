"""What is known of each record that travels (`sync_record`), read and written many at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from rmdesk.models.kinds import Topic
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.wire.merge import Held
from rmdesk.wire.messages import Difference, Row

CLEAN, DIRTY, REFUSED, HANDED = "clean", "dirty", "refused", "handed"

_COLUMNS = (
    "entity", "entity_id", "wire_id", "client_id", "scope", "rev", "field_rev", "dirty", "deleted", "resolves",
    "offers", "conflicts", "state", "refusal", "edits", "sent", "edited_at", "changed_by", "changed_at",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM sync_record"
_ADD = f"INSERT INTO sync_record ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_SAVE = f"{_ADD} ON CONFLICT (entity, entity_id) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _COLUMNS if name not in ("entity", "entity_id")
)
_OPEN = msgspec.json.Decoder(dict[str, Difference])
_OFFERS = msgspec.json.Decoder(list[Difference])
_ENCODE = msgspec.json.Encoder(order="sorted").encode
_EMPTY = ("{}", "[]")


@dataclass(slots=True)
class Known:
    """One record: its names, what is held of it, and where it stands. `client` is the client's number here."""

    entity: str
    entity_id: str
    wire_id: str | None = None
    client: int | None = None
    held: Held = field(default_factory=Held)
    state: str = CLEAN
    refusal: Any = None
    edits: int = 0
    sent: int | None = None
    edited_at: str | None = None
    changed_by: str | None = None
    changed_at: str | None = None

    def settled(self) -> None:
        """Let `state` say what is held: clean, or dirty; what was refused and still waits stays refused."""
        if not self.held.waits:
            self.state, self.refusal = CLEAN, None
        elif self.state in (CLEAN, HANDED):
            self.state = DIRTY


def by_wire(reads: Reads, wires: Iterable[str]) -> dict[str, Known]:
    """What is known of records, by wire id."""
    sql = f"{_SELECT} WHERE wire_id IN (SELECT value FROM json_each(?))"
    return {str(row[2]): _known(row) for row in reads.rows(sql, (json.dumps(list(wires)),))}


def by_key(reads: Reads, entity: str, keys: Iterable[str]) -> dict[str, Known]:
    """What is known of records of one kind, by their key here."""
    sql = f"{_SELECT} WHERE entity = ? AND entity_id IN (SELECT value FROM json_each(?))"
    return {str(row[1]): _known(row) for row in reads.rows(sql, (entity, json.dumps(list(keys))))}


def where(reads: Reads, condition: str, params: tuple[Any, ...] = ()) -> list[Known]:
    """What is known of the records that a condition in SQL names."""
    return [_known(row) for row in reads.rows(f"{_SELECT} WHERE {condition}", params)]


def save(work: UnitOfWork, records: Iterable[Known]) -> None:
    """Keep what is known."""
    rows = [_row(one) for one in records]
    if rows:
        work.bulk(_SAVE, rows, topics={Topic.SYNC})


def add(work: UnitOfWork, records: Iterable[Known]) -> None:
    """Keep what is known of records of which nothing was."""
    rows = [_row(one) for one in records]
    if rows:
        work.bulk(_ADD, rows, topics={Topic.SYNC})


def forget(work: UnitOfWork, records: Iterable[Known]) -> None:
    """Know nothing of these records any more."""
    rows = [(one.entity, one.entity_id) for one in records]
    if rows:
        work.bulk("DELETE FROM sync_record WHERE entity = ? AND entity_id = ?", rows, topics={Topic.SYNC})


def told(one: Known, row: Row) -> None:
    """Note who changed a record last, as the hub says."""
    one.changed_by, one.changed_at = row.by or None, row.at or None


def _known(row: tuple[Any, ...]) -> Known:
    (entity, key, wire, client, scope, rev, field_rev, dirty, deleted, resolves, offers, conflicts, state, refusal,
     edits, sent, edited_at, changed_by, changed_at) = row  # fmt: skip
    held = Held(
        rev,
        scope,
        json.loads(field_rev),
        {} if dirty in _EMPTY else json.loads(dirty),
        deleted,
        [] if resolves in _EMPTY else json.loads(resolves),
        [] if offers in _EMPTY else _OFFERS.decode(offers),
        {} if conflicts in _EMPTY else _OPEN.decode(conflicts),
    )
    refused = json.loads(refusal) if refusal else None
    return Known(entity, key, wire, client, held, state, refused, edits, sent, edited_at, changed_by, changed_at)


def _row(one: Known) -> tuple[Any, ...]:
    held = one.held
    return (
        one.entity, one.entity_id, one.wire_id, one.client, held.scope, held.rev, _text(held.field_rev),
        _text(held.dirty), held.deleted, _text(held.resolves), _text(held.offers), _text(held.conflicts), one.state,
        None if one.refusal is None else _text(one.refusal), one.edits, one.sent, one.edited_at, one.changed_by,
        one.changed_at,
    )  # fmt: skip


def _text(value: Any) -> str:
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    return _ENCODE(value).decode()
