"""What a record is called on this desk and on the wire: clients have numbers here, everything else its own text id."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from rmdesk.services.store.reads import Reads
from rmdesk.wire.registry import BY_NAME, Field, Kind, Type

Raw = Mapping[str, Any]

# Fields that name any record by its table and key; the key travels as that record's wire id.
_ABOUT = ("entity", "entity_id")


def about(kind: Type) -> bool:
    """Whether records of this kind name another record by table and key."""
    return kind.name != "late_edit" and all(kind.field(name) is not None for name in _ABOUT)


def targets(kind: Type, values: Raw) -> list[tuple[Field, str, str]]:
    """The links of a record that are filled: the field, the type it points to, and the value."""
    return [
        (field, to or str(values.get("entity")), str(value))
        for field, to in _links(kind.name)
        if (value := values.get(field.name)) is not None
    ]


@cache
def _links(name: str) -> tuple[tuple[Field, str], ...]:
    """The links of a kind of record and what they point to; "" where the field `entity` says it."""
    kind = BY_NAME[name]
    found = []
    for field in kind.fields:
        if field.kind is Kind.CLIENT:
            found.append((field, "client"))
        elif field.kind is Kind.LINK:
            found.append((field, field.to))
        elif field.name == "entity_id" and about(kind):
            found.append((field, ""))
    return tuple(found)


class Names:
    """Translates within one transaction; `learn_*` reads many names at once, what is not learned is unknown."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._wire: dict[tuple[str, str], str] = {}  # (type, key here) -> wire id
        self._key: dict[tuple[str, str], str] = {}  # (type, wire id) -> key here
        self._asked: set[tuple[str, str]] = set()
        self._here: set[tuple[str, str]] = set()

    def wire(self, to: str, key: Any) -> str | None:
        """The wire id of a record; None for a client who has none."""
        found = self._wire.get((to, str(key)))
        return found if found is not None or to == "client" else str(key)

    def key(self, to: str, wire: str) -> str | None:
        """The key of a record that is on this desk, by its wire id; None when it is not here."""
        found = self._key.get((to, wire), wire)
        return found if (to, found) in self._here else None

    def bind(self, to: str, key: str, wire: str) -> None:
        """A record is here now under these names."""
        self._wire[to, key] = wire
        self._key[to, wire] = key
        self._here.add((to, key))

    def gone(self, to: str, key: str) -> None:
        """A record is not here any more."""
        self._here.discard((to, key))

    def learn_links(self, kind: Type, fields: Iterable[Raw]) -> None:
        """Read the keys here of all that records of one kind link to, as they travel."""
        told = list(fields)
        wanted: dict[str, set[str]] = defaultdict(set)
        for field, to in _links(kind.name):
            if to:
                wanted[to].update(str(row[field.name]) for row in told if row.get(field.name) is not None)
            else:
                for row in told:
                    if row.get(field.name) is not None:
                        wanted[str(row.get("entity"))].add(str(row[field.name]))
        self.learn_keys((to, value) for to, values in wanted.items() for value in values)

    def learn_wires(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Read the wire ids of records given by type and key."""
        for to, keys in _grouped(wanted).items():
            told = json.dumps(list(keys))
            if to == "client":
                self._take(
                    to,
                    "SELECT client_id, wire_id FROM sync_client "
                    "WHERE client_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) UNION ALL "
                    "SELECT entity_id, wire_id FROM sync_record WHERE entity = 'client' AND wire_id IS NOT NULL "
                    "AND deleted IS NOT NULL AND entity_id IN (SELECT value FROM json_each(?))",
                    (told, told),
                )
            else:
                self._take(
                    to,
                    "SELECT entity_id, wire_id FROM sync_record WHERE entity = ? AND wire_id IS NOT NULL "
                    "AND entity_id IN (SELECT value FROM json_each(?))",
                    (to, told),
                )

    def learn_keys(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Read the keys here of records given by type and wire id, and whether they are here."""
        fresh = [one for one in wanted if one not in self._asked]
        self._asked.update(fresh)
        for to, wires in _grouped(fresh).items():
            told = json.dumps(list(wires))
            if to == "client":
                sql = "SELECT client_id, wire_id FROM sync_client WHERE wire_id IN (SELECT value FROM json_each(?))"
                for key, wire in self._reads.rows(sql, (told,)):
                    self.bind(to, str(key), wire)
                continue
            self._take(
                to,
                "SELECT entity_id, wire_id FROM sync_record "
                "WHERE wire_id IN (SELECT value FROM json_each(?)) AND entity = ?",
                (told, to),
            )
            kind = BY_NAME.get(to)
            if kind is None or kind.key != ("id",):
                self._here.update((to, self._key.get((to, wire), wire)) for wire in wires if (to, wire) in self._key)
                continue
            keys = json.dumps([self._key.get((to, wire), wire) for wire in wires])
            here = self._reads.rows(f"SELECT id FROM {to} WHERE id IN (SELECT value FROM json_each(?))", (keys,))
            self._here.update((to, str(row[0])) for row in here)

    def _take(self, to: str, sql: str, params: tuple[str, ...]) -> None:
        for key, wire in self._reads.rows(sql, params):
            self._wire[to, str(key)] = wire
            self._key[to, wire] = str(key)

    def to_wire(self, kind: Type, raw: Raw) -> dict[str, Any]:
        """The values of a record as they travel; its links were learned before."""
        told = {field.name: raw.get(field.name) for field in kind.fields}
        for field, to, value in targets(kind, raw):
            told[field.name] = self.wire(to, value)
        return told

    def to_desk(self, kind: Type, values: Raw) -> tuple[dict[str, Any], dict[str, str]]:
        """The values of a record as this desk keeps them, and its links to what is not here: field -> wire id."""
        kept, missing = dict(values), {}
        for field, to in _links(kind.name):
            value = kept.get(field.name)
            if value is None:
                continue
            key = self.key(to or str(values.get("entity")), str(value))
            if key is None:
                missing[field.name] = str(value)
                kept[field.name] = None
            else:
                kept[field.name] = int(key) if field.kind is Kind.CLIENT else key
        return kept, missing


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for to, one in pairs:
        found[to].add(str(one))
    return found
