"""Writing the rows of one kind into their tables, in sets; a row that does not fit holds up no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from rmdesk.models.kinds import Topic
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import contents
from rmdesk.services.sync.known import Known
from rmdesk.services.sync.naming import Names
from rmdesk.wire.messages import Row
from rmdesk.wire.registry import Type

Written = tuple[Known, Row, dict[str, Any]]  # what is known of it, the hub's row, the values as this desk keeps them


def write(work: UnitOfWork, kind: Type, wanted: Sequence[Written], names: Names) -> list[Row]:
    """Write these records; gives the rows that do not fit the tables of this program."""
    if not wanted:
        return []
    put = _clients if kind.sparse else _records
    unfit: list[Written] = []
    if not _fits(work, "whole", partial(put, work, kind, wanted)):
        unfit = [one for one in wanted if not _fits(work, "alone", partial(put, work, kind, [one]))]
    left = {row.id for _one, row, _raw in unfit}
    for one, row, _raw in wanted:
        if row.id not in left:
            names.bind(kind.name, one.entity_id, row.id)
    return [row for _one, row, _raw in unfit]


def _fits(work: UnitOfWork, name: str, put: Callable[[], None]) -> bool:
    """Do this; undone again when something does not fit: a broken constraint, a value of another type."""
    from sqlalchemy.exc import DataError, IntegrityError

    work.bulk(f"SAVEPOINT {name}", topics=())
    try:
        put()
    except (IntegrityError, DataError):
        work.bulk(f"ROLLBACK TO {name}", topics=())
        return False
    finally:
        work.bulk(f"RELEASE {name}", topics=())
    return True


def _records(work: UnitOfWork, kind: Type, wanted: Sequence[Written]) -> None:
    contents.write(work, kind, [(one.entity_id, raw) for one, _row, raw in wanted])


def _clients(work: UnitOfWork, kind: Type, wanted: Sequence[Written]) -> None:
    """What desks set on clients. A field that the hub has is by that one that no hand-over may overwrite."""
    fresh, there = defaultdict(list), defaultdict(list)
    number = int(work.value("SELECT coalesce(max(id), 0) FROM client"))
    made, books = [], []
    for one, row, raw in wanted:
        given = {name: value for name, value in raw.items() if name in row.fields or name in one.held.dirty}
        key = int(one.entity_id or 0)
        if key:
            there[tuple(given)].append((*given.values(), key))
        else:
            number = key = number + 1
            made.append((one, row.id, key))
            fresh["id", *given].append((key, *given.values()))
        if row.scope.startswith("book:"):
            book = row.scope.partition(":")[2]
            books.append((book, key, book))
    contents.insert(work, kind, fresh)
    contents.update(work, kind, there)
    if made:
        sql = "INSERT INTO sync_client (client_id, wire_id) VALUES (?, ?)"
        work.bulk(sql, [(key, wire) for _one, wire, key in made], topics={Topic.SYNC})
    if books:
        sql = "UPDATE sync_client SET book = ? WHERE client_id = ? AND book IS NOT ?"
        work.bulk(sql, books, topics={Topic.SYNC})
    for one, _wire, key in made:
        one.entity_id = str(key)
