"""Opens files of a hand-over as sources of records: the entry to reading.

`open_sources(path)` gives one `Source` per table in the file. A source shows how it was read (encoding, header
row, layout) and the first rows; `with_layout` reads it by a corrected layout; `chunks` gives all its records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rmdesk.base.errors import Refused
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_
from rmdesk.services.imports import dates, entities, guess, header, naming
from rmdesk.services.imports.assemble import Assembler
from rmdesk.services.imports.columns import plain
from rmdesk.services.imports.layout import Layout, built_in
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.records import Chunk, Entity, Finding
from rmdesk.services.imports.tables import opening
from rmdesk.services.imports.tables.raw import Rows, Table

_GUESSED_FROM = 600  # rows below the header that a layout is guessed from


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a table as text, with the layout's columns above them."""

    headers: tuple[str, ...]
    rows: list[tuple[str, ...]]
    numbers: list[int]


@dataclass(slots=True)
class Source:
    """One table of a file, with how it is read. `rows`, `refused` and `findings` are complete after `chunks`."""

    path: Path
    name: str  # the file's name, and the sheet's where there are several
    sha256: str
    table: Table
    header_row: int | None  # 1-based; None when the table has no header
    headers: tuple[str, ...]
    layout: Layout
    currency: str  # of amounts whose row and layout name none
    as_of: date | None  # told by a column, a preamble or the file's name; rows may tell their own
    findings: list[Finding] = field(default_factory=list)
    more_findings: int = 0  # beyond the limit, only counted
    rows: int = 0  # records taken
    refused: int = 0  # rows left out as wrong

    @property
    def encoding(self) -> str | None:
        """How the text was decoded, in Python's name; None for binary forms."""
        return self.table.encoding

    @property
    def delimiter(self) -> str | None:
        """What stands between the cells of a text file."""
        return self.table.delimiter

    @property
    def problem(self) -> Refused | None:
        """Why no records can be made with the layout as it is; None when they can."""
        return entities.problem_of(self.layout)

    @property
    def entity(self) -> Entity:
        """What one row of the table is about."""
        return entities.main(self.layout)

    def preview(self, count: int = 50) -> Preview:
        """The first rows below the header, as text."""
        skip = self.header_row or 0
        rows = self.table.head(skip + count)[skip:]
        width = len(self.headers)
        texts = [tuple(plain(c) for c in [*row, *[""] * width][:width]) for row in rows]
        return Preview(self.headers, texts, list(range(skip + 1, skip + 1 + len(texts))))

    def with_layout(self, layout: Layout, *, as_of: date | None = None, currency: str = "") -> Source:
        """The same table, not yet read, by another layout (and day and currency, where given)."""
        return Source(
            self.path,
            self.name,
            self.sha256,
            self.table,
            self.header_row,
            self.headers,
            layout,
            currency or self.currency,
            as_of or self.as_of,
        )

    def chunks(self, progress: Progress | None = None) -> Iterator[Chunk]:
        """All records of the table, some thousand at a time; `progress` is told after each batch and may cancel.

        Raises Refused when the layout gives no records or a limit is passed, Trouble when the file can't be read.
        """
        with naming.about(self.name):
            yield from self._chunks(progress or Silent())

    def _chunks(self, progress: Progress) -> Iterator[Chunk]:
        if self.problem:
            raise self.problem
        assembler = Assembler(self.name, self.layout, self.currency, self.as_of)
        self.findings, self.more_findings, self.rows, self.refused = [], 0, 0, 0
        most = limit("table", "rows")
        for batch in opening.guarded(self.path, self.table.batches(self.header_row or 0)):
            progress.at(batch.done, batch.total, self.name)
            yield from assembler.batch(batch.first, batch.rows)
            self._take_over(assembler)
            if batch.first > most:
                raise Refused(
                    N_("The table has more than {limit} rows."),
                    do=N_("Have it split into several files."),
                    code="too_many_rows",
                    limit=most,
                )

    def _take_over(self, assembler: Assembler) -> None:
        self.rows, self.refused = assembler.taken, assembler.refused
        room = limit("table", "findings") - len(self.findings)
        self.findings += assembler.findings[:room]
        self.more_findings += max(0, len(assembler.findings) - room)
        assembler.findings.clear()


def open_sources(
    path: Path, layouts: Sequence[Layout] = (), *, currency: str = "CNY", progress: Progress | None = None
) -> list[Source]:
    """The tables of a file, each with the first of `layouts` that fits it, else with a guessed one.

    `currency` holds where neither rows nor layout name one. Raises Refused when the file is of no known form,
    over a limit or without any table; Trouble when it can't be read.
    """
    with naming.about(naming.shown(path.name)):
        opened = opening.tables(path, progress or Silent())
        many = len(opened.tables) > 1
        return [_source(path, opened.sha256, table, many, layouts, currency) for table in opened.tables]


def _source(path: Path, sha256: str, table: Table, many: bool, layouts: Sequence[Layout], currency: str) -> Source:
    name = naming.shown(f"{path.name} / {table.name}" if many else path.name)
    if table.known:
        headers = tuple(c.header for c in table.known.columns)
        return Source(path, name, sha256, table, None, headers, table.known, currency, None)
    first = table.head(80 + _GUESSED_FROM)
    if not any(plain(c) for row in first for c in row):
        raise Refused(N_("{name} holds no rows."), do=N_("Export it again."), code="empty", name=name)
    found = header.find(first)
    _hold_width(found.cells, name)
    fitting = next((fit for kept in (*layouts, *built_in()) if (fit := kept.fitted(found.cells))), None)
    layout = fitting or guess.layout(found, first[found.index + 1 :], name=naming.shown(path.stem))
    told = _told_day(layout, first[found.index + 1 :])
    as_of = told or found.as_of or header.day_in(path.name) or header.day_in(table.name)
    row = found.index + 1 if found.index >= 0 else None
    return Source(path, name, sha256, table, row, found.cells, layout, currency, as_of)


def _told_day(layout: Layout, rows: Rows) -> date | None:
    """The latest day that the first rows tell in a column of their own."""
    at = next((i for i, c in enumerate(layout.columns) if c.target == "as_of"), None)
    if at is None:
        return None
    days = [dates.day_of(row[at], layout.columns[at].order) for row in rows if len(row) > at]
    return max((day for day in days if day), default=None)


def _hold_width(headers: tuple[str, ...], name: str) -> None:
    most = limit("table", "columns")
    if len(headers) > most:
        raise Refused(
            N_("{name} has more than {limit} columns."),
            do=N_("Export only the columns that are needed."),
            code="too_many_columns",
            name=name,
            limit=most,
        )
