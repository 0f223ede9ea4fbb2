"""Records between the database and the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from rmdesk.wire.messages import Difference, Row, Value
from rmdesk.wire.registry import BY_NAME, Type

COLUMNS = "type, id, scope_id, rev, client_id, seq, deleted, fields, field_rev, conflicts, by, at"


class PackedRow(msgspec.Struct):
    """A `Row` whose JSON is passed on as the database tells it, unread."""

    type: str
    id: str
    scope: str
    rev: int
    client: str | None
    seq: int
    deleted: bool
    fields: msgspec.Raw
    field_rev: msgspec.Raw
    conflicts: msgspec.Raw
    by: str
    at: str


class _RawJson(Loader):
    def load(self, data: Buffer) -> msgspec.Raw:
        return msgspec.Raw(bytes(data))


def packed(connection: Connection[Any], statement: str, told: Sequence[Any]) -> list[PackedRow]:
    """The rows of a statement that selects COLUMNS, their JSON unread."""
    with connection.cursor() as cursor:
        cursor.adapters.register_loader("jsonb", _RawJson)
        return [PackedRow(*row) for row in cursor.execute(statement, told)]


def read(connection: Connection[Any], statement: str, told: Sequence[Any]) -> list[Row]:
    """The rows of a statement that selects COLUMNS."""
    return [row_of(row) for row in connection.execute(statement, told)]


def row_of(values: Sequence[Any]) -> Row:
    """A row from the values of COLUMNS."""
    kind, record, scope, rev, client, seq, deleted, fields, revs, conflicts, by, at = values
    differences = {name: msgspec.convert(one, Difference) for name, one in conflicts.items()}
    return Row(kind, record, scope, rev, client, seq, deleted, fields, revs, differences, by, at)


def client_of(kind: Type, record: str, fields: Mapping[str, Value]) -> str | None:
    """The client a record speaks of by itself; None when it names none (its parent may)."""
    for name in kind.client:
        found = record if name == "id" else fields.get(name)
        if isinstance(found, str) and found:
            return found
    return None


def parent_of(kind: Type, fields: Mapping[str, Value]) -> str | None:
    """The record that a record hangs on or speaks of."""
    found = fields.get(kind.parent or "entity_id")
    return found if isinstance(found, str) and found else None


# The types that cannot stand without a record of this type.
CHILDREN: dict[str, tuple[str, ...]] = {}
for _kind in BY_NAME.values():
    _told = _kind.field(_kind.parent) if _kind.parent else None
    if _told is not None:
        CHILDREN[_told.to] = (*CHILDREN.get(_told.to, ()), _kind.name)


def depth(kind: Type) -> int:
    """How many parents a type has above it: parents are settled before their children."""
    told = kind.field(kind.parent) if kind.parent else None
    return 0 if told is None else 1 + depth(BY_NAME[told.to])
