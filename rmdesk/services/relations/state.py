"""Rows as they were, and the command that puts them back: the inverse of everything written here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.all import Model
from rmdesk.models.relations import Person
from rmdesk.services.store.command import Done
from rmdesk.services.store.references import all_naming
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Before:
    """One row as it was; `columns` None: there was none."""

    model: type[Model]
    key: Any
    columns: tuple[tuple[str, Any], ...] | None


@dataclass(frozen=True, slots=True)
class PutBack:
    """Give rows the state they had: made again, changed back, or taken away; one after the other."""

    label: ClassVar[str] = N_("Put back")
    rows: tuple[Before, ...]

    def apply(self, work: UnitOfWork) -> Done[int]:
        now = before(work, *((row.model, row.key) for row in self.rows))
        for row in self.rows:
            _put(work, row)
            work.flush()  # each row finds what it points to
        return Done(len(self.rows), inverse=PutBack(tuple(reversed(now))))


def before(work: UnitOfWork, *rows: tuple[type[Model], Any]) -> tuple[Before, ...]:
    """How these rows are now."""
    return tuple(Before(model, key, _columns(work, model, key)) for model, key in rows)


def put_back(states: Iterable[Before]) -> PutBack:
    """The inverse of a command that noted these states before it changed each: the last change is taken back first."""
    return PutBack(tuple(reversed(tuple(states))))


def check_unnamed(work: UnitOfWork, person: str) -> None:
    """Refused while something names this person."""
    for table, column in all_naming("person"):
        if work.value(f"SELECT 1 FROM {table} WHERE {column} = ?", (person,)) is not None:
            raise Refused(
                N_("There are records that name this person."),
                do=N_("Remove the relationships and other records first."),
                code="named",
            )


def _columns(work: UnitOfWork, model: type[Model], key: Any) -> tuple[tuple[str, Any], ...] | None:
    found = work.find(model, key)
    return None if found is None else tuple((str(c.key), getattr(found, str(c.key))) for c in model.__table__.columns)


def _put(work: UnitOfWork, row: Before) -> None:
    found = work.find(row.model, row.key)
    if row.columns is None:
        if found is not None:
            if row.model is Person:
                check_unnamed(work, row.key)
            work.delete(found)
    elif found is None:
        work.add(row.model(**dict(row.columns)))
    else:
        for name, value in row.columns:
            if getattr(found, name) != value:
                setattr(found, name, value)
