"""The records themselves: reading them as they stand in their tables, and writing there what the hub told.

Nothing here decides; `applying.py` does. All writing is plain SQL with `applying` set, so that no trigger takes it
for an edit of this desk.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from typing import Any

from rmdesk.models.all import Model
from rmdesk.models.kinds import Topic
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync.naming import Names, Raw, targets
from rmdesk.services.sync.tracking import key_of
from rmdesk.wire.registry import BY_NAME, Kind, Type

Lists = Mapping[tuple[str, ...], Sequence[tuple[Any, ...]]]  # values of many records, by the columns they are for


@contextmanager
def applying(work: UnitOfWork) -> Iterator[None]:
    """What is written inside was told by the hub. An exception leaves the flag to the rollback."""
    before = work.value("SELECT applying FROM sync_control")
    work.bulk("UPDATE sync_control SET applying = 1", topics=())
    yield
    work.bulk("UPDATE sync_control SET applying = ?", (before,), topics=())


@cache
def topic_of(table: str) -> Topic:
    """The topic that pages showing a table watch."""
    for mapper in Model.registry.mappers:
        if mapper.local_table is Model.metadata.tables[table]:
            return Topic(mapper.class_.topic)
    raise KeyError(table)


@cache
def needed_links(name: str) -> frozenset[str]:
    """The links of a kind of record without which it cannot stand."""
    kind = BY_NAME[name]
    tied = {*kind.natural, *kind.client, kind.parent, *kind.key}
    columns = Model.metadata.tables[name].columns
    return frozenset(
        one.name
        for one in kind.fields
        if one.kind in (Kind.CLIENT, Kind.LINK)
        and (not columns[one.name].nullable or one.name in tied or name in ("household_member", "relationship"))
    ) | ({"entity_id"} if "entity_id" in columns and not columns["entity_id"].nullable else set())


def parts(kind: Type, key: str) -> tuple[Any, ...]:
    """The columns of a primary key out of its text; clients are numbers."""
    if kind.key == ("id",):
        return (int(key),) if kind.name == "client" else (key,)
    found = key.split("/", len(kind.key) - 1) if len(kind.key) > 1 else [key]
    return tuple(int(part) if name == "client_id" else part for name, part in zip(kind.key, found, strict=True))


def key_from(kind: Type, raw: Raw) -> str:
    """The text of a primary key that is made of a record's own fields."""
    return "/".join(str(raw[name]) for name in kind.key)


def read(reads: Reads, kind: Type, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The fields of records as SQLite stores them, by key; those that are not here are left out."""
    names = [field.name for field in kind.fields]
    columns = ", ".join(f't."{name}"' for name in names)
    sql = f"SELECT {key_of(kind, 't')}, {columns} {_from_keys(kind)}"
    return {str(row[0]): dict(zip(names, row[1:], strict=True)) for row in reads.rows(sql, (_told(kind, keys),))}


def wire_values(reads: Reads, kind: Type, keys: Iterable[str], names: Names) -> dict[str, dict[str, Any]]:
    """The fields of records as they travel, by key; a link to what is not here yet is told as the hub told it."""
    raws = read(reads, kind, keys)
    names.learn_wires((to, value) for raw in raws.values() for _field, to, value in targets(kind, raw))
    found = {key: names.to_wire(kind, raw) for key, raw in raws.items()}
    for key, row in reads.rows(
        "SELECT r.entity_id, w.row FROM sync_waiting w JOIN sync_record r ON r.wire_id = w.wire_id "
        "WHERE r.entity = ? AND w.entity = ?",
        (kind.name, kind.name),
    ):
        if key in found:
            links = {field.name for field in kind.fields if field.kind in (Kind.CLIENT, Kind.LINK)}
            fields = json.loads(row)["fields"]
            found[key] |= {n: fields[n] for n in links if found[key].get(n) is None and fields.get(n) is not None}
    return found


def write(work: UnitOfWork, kind: Type, rows: list[tuple[str, dict[str, Any]]]) -> None:
    """Write records by key and all the values they have now; those that were not here are made.

    No upsert: SQLite would let its rule for conflicts govern the triggers that note texts for the search.
    """
    here = set(present(work, kind, [key for key, _values in rows]))
    names, values_of = _columns(kind.name)
    fresh = [(*parts(kind, key), *values_of(values)) for key, values in rows if key not in here]
    changed = [(*values_of(values), *parts(kind, key)) for key, values in rows if key in here]
    insert(work, kind, {(*kind.key, *names): fresh})
    update(work, kind, {names: changed})


def insert(work: UnitOfWork, kind: Type, rows: Lists) -> None:
    """Make records, by the columns that are given of them."""
    for names, params in rows.items():
        if params:
            columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
            sql = f"INSERT INTO {kind.name} ({columns}) VALUES ({marks})"
            work.bulk(sql, params, topics={topic_of(kind.name)})


def update(work: UnitOfWork, kind: Type, rows: Lists) -> None:
    """Change fields of records that are here, by the columns that are given of them; their keys come last."""
    for names, params in rows.items():
        if names and params:
            told = ", ".join(f'"{name}" = ?' for name in names)
            work.bulk(f"UPDATE {kind.name} SET {told} WHERE {_match(kind)}", params, topics={topic_of(kind.name)})


@cache
def _columns(name: str) -> tuple[tuple[str, ...], Callable[[Mapping[str, Any]], tuple[Any, ...]]]:
    """The fields of a kind that are no key, and how to take them out of a record."""
    kind = BY_NAME[name]
    names = tuple(field.name for field in kind.fields if field.name not in kind.key)
    if len(names) > 1:
        return names, itemgetter(*names)
    return names, lambda values: tuple(values[one] for one in names)


def present(reads: Reads, kind: Type, keys: Iterable[str]) -> list[str]:
    """Those of these keys of which there is a record here."""
    found = reads.rows(f"SELECT {key_of(kind, 't')} {_from_keys(kind)}", (_told(kind, keys),))
    return [str(row[0]) for row in found]


def remove(work: UnitOfWork, kind: Type, keys: Iterable[str]) -> None:
    """Delete records by key; what hangs on them goes along or loses its link, as the tables say."""
    rows = [parts(kind, key) for key in keys]
    if rows:
        work.bulk(f"DELETE FROM {kind.name} WHERE {_match(kind)}", rows, topics={topic_of(kind.name)})


def _match(kind: Type) -> str:
    return " AND ".join(f'"{name}" = ?' for name in kind.key)


def _from_keys(kind: Type) -> str:
    wanted = ", ".join(f"json_extract(value, '$[{at}]') AS k{at}" for at in range(len(kind.key)))
    match = " AND ".join(f't."{name}" = k.k{at}' for at, name in enumerate(kind.key))
    return f"FROM (SELECT {wanted} FROM json_each(?)) k CROSS JOIN {kind.name} t ON {match}"


def _told(kind: Type, keys: Iterable[str]) -> str:
    return json.dumps([parts(kind, key) for key in keys])
