"""Edits of any record that travels, by the name of its table: fields set, differences opened and closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from sqlalchemy.dialects import sqlite

from rmdesk.base.text import N_
from rmdesk.models.all import Model
from rmdesk.models.kinds import Topic
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Fields
from rmdesk.services.store.work import UnitOfWork
from rmdesk.wire.registry import BY_NAME, Kind

_DIALECT = sqlite.dialect()
TOUCHED = (
    "state = 'dirty', refusal = NULL, edits = edits + 1, edited_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    " WHERE entity = ? AND entity_id = ?"
)
Differences = tuple[tuple[str, str], ...]  # id and JSON text of each


@cache
def models() -> dict[str, type[Model]]:
    """The model of every table by its name."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Model.registry.mappers}


def key_of(entity: str, key: str) -> Any:
    """A primary key from its text, as the ORM takes it."""
    table = models()[entity].__table__
    parts = key.split("/", len(list(table.primary_key)) - 1)
    typed = tuple(
        part if column.type.python_type is str else int(part)
        for part, column in zip(parts, table.primary_key, strict=True)
    )
    return typed if len(typed) > 1 else typed[0]


def python_of(work: UnitOfWork, entity: str, field: str, value: Any) -> Any:
    """A value that travels as the model holds it: days, instants, flags, JSON, clients by number."""
    told = BY_NAME[entity].field(field)
    if told is not None and told.kind is Kind.CLIENT and isinstance(value, str):
        return work.value("SELECT client_id FROM sync_client WHERE wire_id = ?", (value,))
    column = models()[entity].__table__.columns[field]
    process = column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return value if process is None else process(value)


def fields_from(work: UnitOfWork, entity: str, values: Mapping[str, Any]) -> Fields:
    """Values that travel as fields of the model; what this version does not know is left out."""
    known = models()[entity].__table__.columns
    return tuple((name, python_of(work, entity, name, value)) for name, value in values.items() if name in known)


@dataclass(frozen=True, slots=True)
class MoveDifferences:
    """Set fields of a record, and in the same breath close some of its differences and open others.

    A closed one is told to the hub as settled. One that is opened again before the hub has heard is simply open
    again; later it is offered to the hub anew.
    """

    label: ClassVar[str] = N_("Settle a difference")
    entity: str
    entity_id: str
    fields: Fields = ()
    close: Differences = ()
    open: Differences = ()

    def apply(self, work: UnitOfWork) -> Done[None]:
        before: Fields = ()
        if self.fields:
            thing = work.get(models()[self.entity], key_of(self.entity, self.entity_id))
            before = tuple((name, getattr(thing, name)) for name, _value in self.fields)
            for name, value in self.fields:
                setattr(thing, name, value)
            work.flush()
        closed = self._close(work) if self.close else ()
        opened = self._open(work) if self.open else ()
        back = MoveDifferences(self.entity, self.entity_id, before, close=opened, open=closed)
        return Done(None, inverse=back)

    @property
    def _key(self) -> tuple[str, str]:
        return self.entity, self.entity_id

    def _close(self, work: UnitOfWork) -> Differences:
        conflicts, resolves, offers, _in_flight = _held(work, self._key)
        for key, text in self.close:
            told = json.loads(text)
            there = key if key in conflicts else next((one for one, found in conflicts.items() if found == told), "")
            if there:
                conflicts.pop(there)
                resolves.append(there)
            elif told in offers:  # opened again, and the hub has not heard of it
                offers.remove(told)
        _keep(work, self._key, conflicts, resolves, offers)
        return self.close

    def _open(self, work: UnitOfWork) -> Differences:
        conflicts, resolves, offers, in_flight = _held(work, self._key)
        for key, text in self.open:
            told = json.loads(text)
            if key in resolves and not in_flight:
                resolves.remove(key)
                conflicts[key] = told
            elif told not in conflicts.values() and told not in offers:
                offers.append(told)
        _keep(work, self._key, conflicts, resolves, offers)
        return self.open


def conflicts_of(work: UnitOfWork, entity: str, key: str) -> dict[str, Any]:
    """The open differences of a record by id."""
    return _held(work, (entity, key))[0]


def _held(work: UnitOfWork, key: tuple[str, str]) -> tuple[dict[str, Any], list[str], list[Any], bool]:
    """(open, to be told as settled, offered anew, whether a batch with the record is under way)."""
    found = work.one(
        "SELECT conflicts, resolves, offers, EXISTS (SELECT 1 FROM sync_batch b WHERE b.number = r.sent)"
        " FROM sync_record r WHERE entity = ? AND entity_id = ?",
        key,
    )
    if found is None:
        return {}, [], [], False
    return json.loads(found[0]), json.loads(found[1]), json.loads(found[2]), bool(found[3])


def _keep(
    work: UnitOfWork, key: tuple[str, str], conflicts: dict[str, Any], resolves: list[str], offers: list[Any]
) -> None:
    told = (json.dumps(part, ensure_ascii=False, sort_keys=True) for part in (conflicts, resolves, offers))
    work.bulk(
        f"UPDATE sync_record SET conflicts = ?, resolves = ?, offers = ?, {TOUCHED}", (*told, *key), topics={Topic.SYNC}
    )
