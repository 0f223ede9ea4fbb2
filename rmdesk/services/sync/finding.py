"""Which record of this desk a row of the hub is: by its wire id, by its own id, or by what it says.

Two desks that noted the same thing offline, and two that began as copies of one file, meet in one record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rmdesk.services.store.reads import Reads
from rmdesk.services.sync import contents, known
from rmdesk.services.sync.known import Known
from rmdesk.services.sync.naming import Names
from rmdesk.services.sync.tracking import key_of
from rmdesk.wire.messages import Row
from rmdesk.wire.registry import Type


def find(reads: Reads, kind: Type, rows: Sequence[Row], names: Names) -> tuple[dict[str, Known], dict[str, str]]:
    """The records of this desk that rows of one kind are about, by wire id; new ones are left out.

    And rows in whose place another record of the hub stands here already, with that one's wire id.
    """
    found, taken = known.by_wire(reads, [row.id for row in rows]), {}
    rest = {row.id: key for row in rows if row.id not in found and (key := _key(reads, kind, row, names)) is not None}
    held = known.by_key(reads, kind.name, rest.values()) if rest else {}
    for wire, key in rest.items():
        one = held.get(key)
        if one is None and kind.key == ("id",) and not kind.natural and kind.name != "client":
            continue
        one = one or Known(kind.name, key)
        if one.wire_id in (None, wire):
            found[wire] = one
        else:
            taken[wire] = one.wire_id
    return found, taken


def bound_elsewhere(reads: Reads, wire: str, entity: str, key: str) -> Known | None:
    """The other record of this desk that has a wire id already."""
    holder = known.by_wire(reads, [wire]).get(wire)
    return None if holder is None or (holder.entity, holder.entity_id) == (entity, key) else holder


def key_of_new(kind: Type, row: Row, raw: dict[str, Any]) -> str:
    """The key that a record gets which is not here yet."""
    return row.id if kind.key == ("id",) else contents.key_from(kind, raw)


def _key(reads: Reads, kind: Type, row: Row, names: Names) -> str | None:
    """The key that the record here would have, by its own names."""
    if kind.name == "client":
        return names.key("client", row.id)
    if not kind.natural:
        return row.id
    raw, missing = names.to_desk(kind, {name: row.fields.get(name) for name in kind.natural})
    if missing or any(raw.get(name) is None for name in kind.key if name != "id"):
        return None
    return contents.key_from(kind, raw) if kind.key != ("id",) else _alike(reads, kind, raw)


def _alike(reads: Reads, kind: Type, raw: dict[str, Any]) -> str | None:
    match = " AND ".join(f't."{name}" IS ?' for name in kind.natural)
    found = reads.value(
        f"SELECT {key_of(kind, 't')} FROM {kind.name} t WHERE {match}", tuple(raw.get(name) for name in kind.natural)
    )
    return None if found is None else str(found)
