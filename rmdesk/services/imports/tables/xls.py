"""Old workbooks (XLS) through calamine, after a look at how much memory their cells will take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.tables import biff
from rmdesk.services.imports.tables.packed import damaged, too_large
from rmdesk.services.imports.tables.raw import InMemory, Rows


def tables(path: Path) -> list[InMemory]:
    """The sheets that hold anything. Raises Refused over a limit or with a password, Trouble when damaged."""
    if path.stat().st_size > limit("workbook", "bytes"):
        raise too_large(path)
    needed = biff.size_of(path.read_bytes())
    if needed is None:
        raise damaged(path)
    if needed.cells > limit("workbook", "cells") or needed.text_bytes > limit("workbook", "text_bytes"):
        raise too_large(path)
    if needed.encrypted:
        raise Refused(
            N_("{name} is protected with a password."),
            do=N_("Save it without the password, and choose it again."),
            code="encrypted",
            name=path.name,
        )
    return [InMemory(name, rows) for name, rows in _sheets(path)]


def _sheets(path: Path) -> Iterator[tuple[str, Rows]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names[: limit("table", "sheets")]:
            rows: Rows = [[_plain(c) for c in row] for row in book.get_sheet_by_name(name).iter_rows()]
            if any(c != "" for row in rows for c in row):
                yield name, rows
    except (CalamineError, ValueError) as error:
        raise damaged(path) from error
    except BaseException as error:  # a panic of the library below, told as an exception of its own kind
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(path) from error


def _plain(cell: Any) -> Any:
    return "" if cell is None else cell
