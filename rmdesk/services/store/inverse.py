"""The inverses that most commands need: fields as they were, rows taken away, rows brought back under their ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.text import N_
from rmdesk.models.all import Model
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork

Fields = tuple[tuple[str, Any], ...]


def fields_of(thing: Model, *names: str) -> Fields:
    """Fields of a row as they are, all of them when none is named."""
    keys = names or tuple(str(column.key) for column in type(thing).__table__.columns)
    return tuple((key, getattr(thing, key)) for key in keys)


@dataclass(frozen=True, slots=True)
class PutBack:
    """Give fields of one row the values they had; its inverse gives them the present ones."""

    label: ClassVar[str] = N_("Restore earlier values")
    model: type[Model]
    key: Any
    fields: Fields

    def apply(self, work: UnitOfWork) -> Done[None]:
        thing = work.get(self.model, self.key)
        before = fields_of(thing, *(name for name, _value in self.fields))
        for name, value in self.fields:
            setattr(thing, name, value)
        return Done(None, inverse=PutBack(self.model, self.key, before))


@dataclass(frozen=True, slots=True)
class TakeAway:
    """Remove rows (model and key, those that point to others first); the change records keep what they said."""

    label: ClassVar[str] = N_("Remove entry")
    rows: tuple[tuple[type[Model], Any], ...]

    def apply(self, work: UnitOfWork) -> Done[None]:
        kept: list[tuple[type[Model], Fields]] = []
        for model, key in self.rows:
            thing = work.get(model, key)
            kept.append((model, fields_of(thing)))
            work.delete(thing)
            work.flush()
        return Done(None, inverse=BringBack(tuple(reversed(kept))))


@dataclass(frozen=True, slots=True)
class BringBack:
    """Make rows again exactly as they were, those that are pointed to first."""

    label: ClassVar[str] = N_("Bring back entry")
    rows: tuple[tuple[type[Model], Fields], ...]

    def apply(self, work: UnitOfWork) -> Done[None]:
        keys: list[tuple[type[Model], Any]] = []
        for model, fields in self.rows:
            given = dict(fields)
            work.add(model(**given))
            work.flush()
            own = tuple(given[str(column.key)] for column in model.__table__.primary_key)
            keys.append((model, own if len(own) > 1 else own[0]))
        return Done(None, inverse=TakeAway(tuple(reversed(keys))))
