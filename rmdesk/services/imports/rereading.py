"""Reads a table again by what the user corrected: another encoding, or another row as its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rmdesk.base.progress import Progress, Silent
from rmdesk.services.imports import guess, header
from rmdesk.services.imports.columns import plain
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.source import Source, open_sources
from rmdesk.services.imports.tables import delimited
from rmdesk.services.imports.tables.delimited import Delimited

ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "latin-1")
GUESSED_FROM = 600  # rows below the header that a layout is guessed from


def can_change_encoding(source: Source) -> bool:
    """Whether the table was decoded from text, so that another encoding can be tried."""
    return isinstance(source.table, Delimited)


def with_encoding(source: Source, encoding: str) -> Source:
    """The same file decoded otherwise; header and layout are found anew."""
    if not isinstance(source.table, Delimited):
        return source
    table = delimited.table(replace(source.table.file, encoding=encoding))
    found = header.find(table.head(80 + GUESSED_FROM))
    return with_header(replace(source, table=table), found.index + 1 or None)


def with_header(source: Source, row: int | None) -> Source:
    """The same table with its header in this 1-based row, or with none; the layout is guessed anew."""
    above = row or 0
    first = source.table.head(above + GUESSED_FROM)
    width = max((len(cells) for cells in first), default=0)
    written = [plain(cell) for cell in first[above - 1]] if row and above <= len(first) else []
    named = tuple((written[at] if at < len(written) else "") or f"#{at + 1}" for at in range(max(width, len(written))))
    told = header.find(first[:above])  # for what a preamble says of units
    layout = guess.layout(
        header.Header(above - 1, named, told.as_of, told.times, told.currency), first[above:], source.layout.name
    )
    return replace(source, header_row=row, headers=named, layout=layout)


def open_all(
    paths: Sequence[Path], layouts: Sequence[Layout] = (), currency: str = "CNY", progress: Progress | None = None
) -> list[Source]:
    """The tables of several files of one hand-over, in the order of the files."""
    found: list[Source] = []
    for number, path in enumerate(paths):
        (progress or Silent()).at(number, len(paths), path.name)
        found += open_sources(path, layouts, currency=currency)
    return found


def day_of(sources: Sequence[Source]) -> date | None:
    """The latest day that the files name."""
    return max((source.as_of for source in sources if source.as_of is not None), default=None)
