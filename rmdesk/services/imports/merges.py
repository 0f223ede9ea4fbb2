"""Merging two clients that are one, and parting them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.all import Model
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.imports.matching import SOUNDS
from rmdesk.services.imports.merging import side_by_side
from rmdesk.services.segments import figures
from rmdesk.services.store.command import Done
from rmdesk.services.store.references import all_naming_clients
from rmdesk.services.store.work import UnitOfWork

SUMMED = ("end_minor", "average_minor", "in_minor", "out_minor", "tx_count")
LATEST = ("last_tx_on", "last_own_on")


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows of one table whose client changed: their keys since then.

    Keys and not row ids: a row that is taken away and brought back meanwhile has the same key, and another row id.
    """

    table: str
    column: str
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class MergeClients:
    """Make two clients one. `taken` names the fields that come from `drop`; what `keep` lacks comes along.

    Everything that names `drop` goes to `keep`. The dropped client stays as a hidden row that points at the kept
    one, so that the bank's next hand-over, which may still tell of both, finds its way.
    """

    label: ClassVar[str] = N_("Merge clients")
    keep: ClientId
    drop: ClientId
    taken: tuple[str, ...] = ()

    def apply(self, work: UnitOfWork) -> Done[ClientId]:
        pair = side_by_side(work, self.keep, self.drop, ())
        keep, drop = work.get(Client, self.keep), work.get(Client, self.drop)
        before: dict[str, Any] = {}
        for told in pair.fields:
            if told.from_drop or told.field in self.taken:
                names = (told.field, *SOUNDS) if told.field == "name" else (told.field,)
                for name in names:
                    before[name] = getattr(keep, name)
                    setattr(keep, name, getattr(drop, name))
        drop.merged_into = keep.id
        work.flush()
        summed = _sum_months(work, keep.id, drop.id)
        moved = tuple(
            move
            for table, column in all_naming_clients()
            if table != "client_figures" and (move := _move(work, table, column, drop.id, keep.id)).rows
        )
        figures.refresh(work, [keep.id, drop.id])
        return Done(self.keep, SplitClients(self.keep, self.drop, moved, tuple(before.items()), summed, self.taken))


@dataclass(frozen=True, slots=True)
class SplitClients:
    """Part two clients that were merged: what had moved goes back; what came since stays with the kept one."""

    label: ClassVar[str] = N_("Part merged clients")
    keep: ClientId
    drop: ClientId
    moved: tuple[Moved, ...]
    before: tuple[tuple[str, Any], ...]
    months: tuple[tuple[Any, ...], ...] = ()  # month facts of the kept client as they were: id, then SUMMED, LATEST
    taken: tuple[str, ...] = ()

    def apply(self, work: UnitOfWork) -> Done[ClientId]:
        keep, drop = work.get(Client, self.keep), work.get(Client, self.drop)
        if drop.merged_into != keep.id:
            raise Refused(N_("These two clients are not merged."), do=N_("Reload the page."), code="not_merged")
        for name, value in self.before:
            setattr(keep, name, value)
        drop.merged_into = None
        work.flush()
        for move in self.moved:
            keys = [(drop.id, *row, keep.id) for row in move.rows]
            where = " AND ".join(f"{name} = ?" for name in (*_key(move.table), move.column))
            work.bulk(f"UPDATE {move.table} SET {move.column} = ? WHERE {where}", keys, topics={_topic(move.table)})
        sets = ", ".join(f"{column} = ?" for column in (*SUMMED, *LATEST))
        rows = [(*row[1:], row[0]) for row in self.months]
        if rows:
            work.bulk(f"UPDATE month_fact SET {sets} WHERE id = ?", rows, topics={Topic.HOLDINGS})
        figures.refresh(work, [keep.id, drop.id])
        return Done(self.drop, MergeClients(self.keep, self.drop, self.taken))


def _move(work: UnitOfWork, table: str, column: str, drop: int, keep: int) -> Moved:
    """Hand the rows of one table over; where the kept client has the same thing already, its own stays."""
    names = _key(table)
    found = work.rows(f"SELECT rowid, {', '.join(names)} FROM {table} WHERE {column} = ?", (drop,))
    rows = [(keep, row[0]) for row in found]
    if rows:
        work.bulk(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE rowid = ?", rows, topics={_topic(table)})
    left = {row[1:] for row in work.rows(f"SELECT 1, {', '.join(names)} FROM {table} WHERE {column} = ?", (drop,))}
    place = names.index(column) if column in names else None
    moved = [row[1:] for row in found if row[1:] not in left]
    if place is not None:  # the client is part of the row's key, and that has changed
        moved = [(*key[:place], keep, *key[place + 1 :]) for key in moved]
    return Moved(table, column, tuple(moved))


def _key(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in Model.metadata.tables[table].primary_key)


def _sum_months(work: UnitOfWork, keep: int, drop: int) -> tuple[tuple[Any, ...], ...]:
    """Months that the bank told for both as a whole add up; gives the kept client's months as they were."""
    columns = (*SUMMED, *LATEST)
    named = ", ".join(f"k.{column}" for column in columns)
    other = ", ".join(f"d.{column}" for column in columns)
    rows = work.rows(
        f"SELECT k.id, {named}, {other} FROM month_fact k JOIN month_fact d ON d.month = k.month"
        " WHERE k.client_id = ? AND d.client_id = ? AND k.account_id IS NULL AND d.account_id IS NULL",
        (keep, drop),
    )
    wide = len(columns)
    updates = []
    for row in rows:
        mine, theirs = row[1 : 1 + wide], row[1 + wide :]
        both = [_sum(a, b) for a, b in zip(mine[: len(SUMMED)], theirs[: len(SUMMED)], strict=True)]
        last = [
            max(filter(None, pair), default=None)
            for pair in zip(mine[len(SUMMED) :], theirs[len(SUMMED) :], strict=True)
        ]
        updates.append((*both, *last, row[0]))
    sets = ", ".join(f"{column} = ?" for column in columns)
    if updates:
        work.bulk(f"UPDATE month_fact SET {sets} WHERE id = ?", updates, topics={Topic.HOLDINGS})
    return tuple(tuple(row[: 1 + wide]) for row in rows)


def _sum(one: int | None, other: int | None) -> int | None:
    """Unknown is not zero: with one side unknown the other is all that is known."""
    if one is None or other is None:
        return one if other is None else other
    return one + other


def _topic(table: str) -> Topic:
    """The topic of a table, for statements that go past the unit of work."""
    for mapper in Model.registry.mappers:
        if mapper.class_.__tablename__ == table:
            topic: Topic = mapper.class_.topic
            return topic
    return Topic.CLIENTS
