"""What undoing a batch needs, and the exchange that undoes it and undoes the undoing.

Rows that a batch changed leave an image of the changed fields; rows it only confirmed (the same values on a later
day) are many and alike, and leave one image for all that had the same header. Exchanging an image swaps what it
holds with what the row holds, so the same step goes both ways. Rows that a batch made are moved into pages when it
is undone, and back, with their ids, when that is undone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rmdesk.models.kinds import Topic
from rmdesk.services.imports import keys
from rmdesk.services.imports.kept import ORDER, Kept

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

TOPICS = (Topic.CLIENTS, Topic.HOLDINGS, Topic.IMPORTS)
ALIKE, MADE = 0, -1  # row_id of images for many rows
_PAGE = 2000
_SAVE = "INSERT INTO batch_before (batch_id, kind, row_id, before) VALUES (?, ?, ?, ?)"

Row = tuple[Any, ...]


class Alike:
    """Gathers the headers that confirmed rows had, with the ids of those rows."""

    def __init__(self) -> None:
        self._ids: dict[Row, list[int]] = defaultdict(list)

    def add(self, header: Row, row: int) -> None:
        """One row that had this header."""
        self._ids[header].append(row)

    def save(self, work: UnitOfWork, batch: int, kept: Kept) -> None:
        """Keep all of it and begin anew."""
        images = [
            (
                batch,
                kept.table,
                ALIKE,
                json.dumps({"fields": dict(zip(kept.header, header, strict=True)), "ids": runs(ids)}),
            )
            for header, ids in self._ids.items()
        ]
        if images:
            work.bulk(_SAVE, images, topics=TOPICS)
        self._ids.clear()


def save(work: UnitOfWork, batch: int, table: str, images: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """Keep the fields of rows (id, fields) as they were."""
    rows = [(batch, table, row, json.dumps(fields, ensure_ascii=False, sort_keys=True)) for row, fields in images]
    if rows:
        work.bulk(_SAVE, rows, topics=TOPICS)


def take_away(work: UnitOfWork, batch: int) -> None:
    """Undo: put back what the batch changed, then move the rows it made into pages."""
    _exchange(work, batch)
    for kept in reversed(ORDER):
        columns = _columns(work, kept.table)
        names = ", ".join(f'"{name}"' for name in columns)
        for rows in _pages(work, f"SELECT {names} FROM {kept.table} WHERE first_batch_id = ?", batch):
            page = json.dumps({"columns": columns, "rows": rows}, ensure_ascii=False)
            work.bulk(_SAVE, [(batch, kept.table, MADE, page)], topics=TOPICS)
            ids = keys.listed(row[0] for row in rows)
            work.bulk(f"DELETE FROM {kept.table} WHERE id IN (SELECT value FROM json_each(?))", (ids,), topics=TOPICS)


def bring_back(work: UnitOfWork, batch: int) -> None:
    """Undo the undoing: the rows the batch made, with their ids, then what it had changed."""
    for kept in ORDER:
        pages = work.rows(
            "SELECT id FROM batch_before WHERE batch_id = ? AND kind = ? AND row_id = ? ORDER BY id",
            (batch, kept.table, MADE),
        )
        for (page,) in pages:
            held = json.loads(work.value("SELECT before FROM batch_before WHERE id = ?", (page,)))
            names = ", ".join(f'"{name}"' for name in held["columns"])
            marks = ", ".join("?" * len(held["columns"]))
            rows = [tuple(row) for row in held["rows"]]
            work.bulk(f"INSERT INTO {kept.table} ({names}) VALUES ({marks})", rows, topics=TOPICS)
    work.bulk("DELETE FROM batch_before WHERE batch_id = ? AND row_id = ?", (batch, MADE), topics=TOPICS)
    _exchange(work, batch)


def forget_undone(work: UnitOfWork) -> None:
    """Drop what undone batches left: once another hand-over has come in, they can't be brought back."""
    undone = "SELECT id FROM batch WHERE state = 'undone'"
    work.bulk(f"DELETE FROM batch_before WHERE batch_id IN ({undone})", topics=TOPICS)


def runs(ids: Iterable[int]) -> list[list[int]]:
    """Numbers as runs [first, last]; rows of one batch mostly follow one another."""
    out: list[list[int]] = []
    for number in sorted(ids):
        if out and out[-1][1] == number - 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return out


def _exchange(work: UnitOfWork, batch: int) -> None:
    for kept in ORDER:
        for rows in _pages(
            work,
            "SELECT id, row_id, before FROM batch_before WHERE batch_id = ? AND kind = ? AND row_id > 0",
            batch,
            kept.table,
        ):
            by_fields: dict[tuple[str, ...], list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
            for image, row, text in rows:
                fields = json.loads(text)
                by_fields[tuple(fields)].append((image, row, fields))
            for names, some in by_fields.items():
                _swap(work, kept.table, names, some)
        alike = work.rows(
            "SELECT id, before FROM batch_before WHERE batch_id = ? AND kind = ? AND row_id = ?",
            (batch, kept.table, ALIKE),
        )
        _swap_alike(work, batch, kept, alike)


def _swap(
    work: UnitOfWork, table: str, names: tuple[str, ...], some: Sequence[tuple[int, int, dict[str, Any]]]
) -> None:
    """Exchange the fields of rows with their images."""
    columns = ", ".join(f'"{name}"' for name in names)
    listed = keys.listed(row for _image, row, _fields in some)
    now = {
        row[0]: row[1:]
        for row in work.rows(
            f"SELECT id, {columns} FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (listed,)
        )
    }
    sets = ", ".join(f'"{name}" = ?' for name in names)
    work.bulk(
        f"UPDATE {table} SET {sets} WHERE id = ?",
        [(*fields.values(), row) for _image, row, fields in some],
        topics=TOPICS,
    )
    images = [
        (json.dumps(dict(zip(names, now[row], strict=True)), ensure_ascii=False, sort_keys=True), image)
        for image, row, _fields in some
    ]
    work.bulk("UPDATE batch_before SET before = ? WHERE id = ?", images, topics=TOPICS)


def _swap_alike(work: UnitOfWork, batch: int, kept: Kept, alike: list[Row]) -> None:
    """The same for rows with a common header; what they hold now is gathered anew, as it need not be as common."""
    now = Alike()
    names = ", ".join(kept.header)
    for image, text in alike:
        held = json.loads(text)
        values = [held["fields"][name] for name in kept.header]
        for first, last in held["ids"]:
            for row in work.rows(f"SELECT id, {names} FROM {kept.table} WHERE id BETWEEN ? AND ?", (first, last)):
                now.add(tuple(row[1:]), row[0])
        sets = ", ".join(f"{name} = ?" for name in kept.header)
        work.bulk(
            f"UPDATE {kept.table} SET {sets} WHERE id BETWEEN ? AND ?",
            [(*values, first, last) for first, last in held["ids"]],
            topics=TOPICS,
        )
        work.bulk("DELETE FROM batch_before WHERE id = ?", (image,), topics=TOPICS)
    now.save(work, batch, kept)


def _columns(work: UnitOfWork, table: str) -> list[str]:
    """The columns of a table, its id first."""
    return [row[1] for row in work.rows(f"PRAGMA table_info({table})")]


def _pages(work: UnitOfWork, sql: str, *params: Any) -> Iterator[list[Row]]:
    """Rows in the order of their ids, each page read whole before it is worked on: the work changes the same table."""
    last = -(2**62)
    while page := work.rows(f"{sql} AND id > ? ORDER BY id LIMIT {_PAGE}", (*params, last)):
        yield page
        last = page[-1][0]
