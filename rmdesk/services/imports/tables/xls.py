"""Old workbooks (XLS): the sheets that hold anything, each laid out as rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.tables import biff, compound
from rmdesk.services.imports.tables.packed import damaged, too_large
from rmdesk.services.imports.tables.raw import InMemory, Rows


def tables(path: Path) -> list[InMemory]:
    """The sheets that hold anything. Raises Refused over a limit or with a password, Trouble when damaged."""
    if path.stat().st_size > limit("workbook", "xls_bytes"):
        raise too_large(path)
    try:
        stream = compound.stream_of(path.read_bytes(), ("workbook", "book"))
        if stream is None:
            raise damaged(path)
        return _tables(path, biff.book_of(stream))
    except biff.Encrypted as error:
        raise Refused(
            N_("{name} is protected with a password."),
            do=N_("Save it without the password, and choose it again."),
            code="encrypted",
            name=path.name,
        ) from error
    except compound.Damaged as error:
        raise damaged(path) from error


def _tables(path: Path, book: biff.Book) -> list[InMemory]:
    found: list[InMemory] = []
    room = limit("workbook", "cells")
    for name, begin in dict.fromkeys(book.sheets[: limit("table", "sheets")]):
        rows, taken = _rows(path, book, begin, room)
        room -= taken
        if any(cell != "" for row in rows for cell in row):
            found.append(InMemory(name, rows))
    return found


def _rows(path: Path, book: biff.Book, begin: int, room: int) -> tuple[Rows, int]:
    """The rows of a sheet as wide as each is used, and how many cells that takes."""
    rows: list[list[Any]] = []
    taken = 0
    for told, (row, column, value) in enumerate(biff.cells(book, begin)):
        missing = row + 1 - len(rows)
        beyond = column + 1 - (len(rows[row]) if missing <= 0 else 0)
        taken += max(0, missing) + max(0, beyond)
        if max(taken, told) > room:  # a hostile file tells one cell over and over
            raise too_large(path)
        rows += [[] for _ in range(missing)]
        rows[row] += [""] * beyond
        rows[row][column] = value
    return list(rows), taken
