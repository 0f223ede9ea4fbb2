"""The inverses that most commands need: fields as they were, rows taken away, rows brought back under their ids.

A command that touches several rows notes them in a `Kept`, and its inverse is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, TypeVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.all import Model
from rmdesk.services.store.command import Done
from rmdesk.services.store.references import all_naming
from rmdesk.services.store.work import UnitOfWork

Fields = tuple[tuple[str, Any], ...]
Key = tuple[type[Model], Any]
M = TypeVar("M", bound=Model)


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


@dataclass(frozen=True, slots=True)
class AsBefore:
    """Give rows the state they had, bring back those that went, take away those that came; its inverse likewise.

    Refused while something that came later names a row that would go.
    """

    label: ClassVar[str] = N_("Restore earlier state")
    away: tuple[Key, ...] = ()
    back: tuple[tuple[type[Model], Any, Fields], ...] = ()

    def apply(self, work: UnitOfWork) -> Done[int]:
        kept = Kept()
        last: type[Model] | None = None
        # Before anything goes, so that nothing that goes is named by what is put back.
        for done, (model, key, fields) in enumerate(sorted(self.back, key=lambda one: _place(one[0]))):
            work.progress.at(done, len(self.back))
            if model is not last:
                work.flush()  # what is pointed to is there
            whole = len(fields) == len(model.__table__.columns)
            found, last = work.find(model, key) if whole else work.get(model, key), model
            if found is None:
                found = model(**dict(fields))
                work.add(found)
                kept.made(found)
            else:
                kept.before(found, *(name for name, _value in fields))
                for name, value in fields:
                    setattr(found, name, value)
        work.flush()
        for model, key in sorted(self.away, key=lambda one: _place(one[0]), reverse=True):
            thing = work.get(model, key)
            check_unnamed(work, model, key)
            kept.before(thing)
            work.delete(thing)
            work.flush()
        return Done(len(self.away) + len(self.back), inverse=kept.inverse)


def changing(work: UnitOfWork, model: type[M], key: Any, *names: str) -> tuple[M, Kept]:
    """A row that is about to change, and what it was; `names`: only these fields change. Refused when it is gone."""
    thing, kept = work.get(model, key), Kept()
    kept.before(thing, *names)
    return thing, kept


def removed(work: UnitOfWork, model: type[Model], key: Any) -> Done[None]:
    """What a command gives that takes one row away. Refused when it is gone."""
    thing, kept = changing(work, model, key)
    work.delete(thing)
    return Done(None, inverse=kept.inverse)


class Kept:
    """Notes the state of rows before a command changes or takes them away, and rows that it makes."""

    def __init__(self) -> None:
        self._made: dict[Key, None] = {}
        self._before: dict[Key, dict[str, Any]] = {}

    def before(self, thing: Model, *names: str) -> None:
        """This row is about to change, or to go; what it was at first counts. `names`: only these fields change."""
        told = self._before.setdefault(key_of(thing), {})
        for name, value in fields_of(thing, *names):
            told.setdefault(name, value)

    def made(self, thing: Model) -> None:
        """This row is new; one that takes the place of one that was there goes back to what that was."""
        if key_of(thing) not in self._before:
            self._made[key_of(thing)] = None

    @property
    def inverse(self) -> AsBefore:
        """The command that takes everything back."""
        back = tuple((model, key, tuple(told.items())) for (model, key), told in self._before.items())
        return AsBefore(tuple(self._made), back)


def key_of(thing: Model) -> Key:
    """Model and primary key of a row."""
    own = tuple(getattr(thing, str(column.key)) for column in type(thing).__table__.primary_key)
    return type(thing), own if len(own) > 1 else own[0]


def check_unnamed(work: UnitOfWork, model: type[Model], key: Any) -> None:
    """Refused while a record names this row."""
    for table, column in all_naming(model.__tablename__):
        if table in _worked_out():
            continue
        if work.value(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (key,)) is not None:
            raise Refused(
                N_("There are records that name this entry."),
                do=N_("Remove the relationships and other records first."),
                code="named",
            )


@cache
def _places() -> dict[str, int]:
    return {table.name: at for at, table in enumerate(Model.metadata.sorted_tables)}


def _place(model: type[Model]) -> int:
    """Tables that are pointed to come first."""
    return _places()[model.__tablename__]


@cache
def _worked_out() -> frozenset[str]:
    """Tables whose rows are nobody's records: they are made anew, or go with what they tell of."""
    return frozenset(mapper.class_.__tablename__ for mapper in Model.registry.mappers if not mapper.class_.recorded)
