"""Parquet files through DuckDB, read in batches with its memory held and its reach outside closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.tables.packed import damaged, too_large
from rmdesk.services.imports.tables.raw import BATCH, Batch, Rows

_MEMORY = "64MB"
_STEP = 256
_MOST_TEXT = 8 << 20  # characters of one batch
_PLAIN = (str, int, float, bool, date, time, Decimal)


@dataclass(frozen=True, slots=True)
class Parquet:
    """A Parquet file as a table; its column names come as the first row."""

    path: Path
    columns: tuple[str, ...]
    count: int
    query: str
    name: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    known: Layout | None = None

    def head(self, count: int) -> Rows:
        return [self.columns, *self._fetched(count - 1)]

    def _fetched(self, count: int) -> Rows:
        with _reading(self.path) as connection:
            rows = connection.execute(f"{self.query} LIMIT ?", [str(self.path), max(count, 0)])
            return [_plain(row) for row in rows.fetchall()]

    def batches(self, skip: int) -> Iterator[Batch]:
        with _reading(self.path) as connection:
            rows = connection.execute(self.query, [str(self.path)])
            first = 2
            while True:
                batch = _batch(rows)
                if not batch:
                    return
                yield Batch(first, batch, first + len(batch), self.count + 1)
                first += len(batch)


def _query(columns: list[tuple[str, str]]) -> str:
    """All columns (name, type) as they are; instants as the time of day that the desk's clock showed then."""
    names = ['"' + name.replace('"', '""') + '"' for name, kind in columns if kind == "TIMESTAMP WITH TIME ZONE"]
    replaced = ", ".join(f"CAST({name} AS TIMESTAMP) AS {name}" for name in names)
    return f"SELECT * {f'REPLACE ({replaced})' if names else ''} FROM read_parquet(?)"


def _batch(rows: Any) -> Rows:
    """Up to `BATCH` rows, fewer when their texts are long."""
    batch: Rows = []
    size = 0
    while len(batch) < BATCH and size < _MOST_TEXT:
        fetched = rows.fetchmany(_STEP)
        if not fetched:
            break
        size += sum(len(c) for row in fetched for c in row if type(c) is str)
        batch += [_plain(row) for row in fetched]
    return batch


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Cells as the other forms give them; nested values as text."""
    if all(c is None or isinstance(c, _PLAIN) for c in row):
        return row
    return tuple(c if c is None or isinstance(c, _PLAIN) else _as_text(c) for c in row)


def _as_text(cell: Any) -> str:
    return "" if isinstance(cell, bytes | bytearray | datetime) else str(cell)


def _connect(path: Path) -> Any:
    """A connection that can read this one file and nothing else."""
    import duckdb

    connection = duckdb.connect(":memory:")
    for setting in (
        f"SET memory_limit='{_MEMORY}'",
        "SET threads=1",
        "SET preserve_insertion_order=true",
        "SET temp_directory=''",
        "SET autoinstall_known_extensions=false",
        "SET autoload_known_extensions=false",
    ):
        connection.execute(setting)
    escaped = str(path).replace("'", "''")
    connection.execute(f"SET allowed_paths=['{escaped}']")
    connection.execute("SET enable_external_access=false")
    connection.execute("SET lock_configuration=true")
    return connection


@contextmanager
def _reading(path: Path) -> Iterator[Any]:
    """A connection to this one file; what goes wrong on the way is told in our words."""
    import duckdb

    try:
        with closing(_connect(path)) as connection:
            yield connection
    except duckdb.OutOfMemoryException as error:
        raise too_large(path) from error
    except (duckdb.Error, RuntimeError, UnicodeDecodeError) as error:  # the last two for names that are no text
        raise damaged(path) from error


def table(path: Path) -> Parquet:
    """The table of a Parquet file. Raises Refused with too many columns, Trouble when damaged."""
    with _reading(path) as connection:
        found = connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)])
        columns = tuple(str(column[0]) for column in found.description or ())
        query = _query([(str(column[0]), str(column[1])) for column in found.description or ()])
        counted = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
    if len(columns) > limit("table", "columns"):
        raise Refused(
            N_("{name} has more than {limit} columns."),
            do=N_("Export only the columns that are needed."),
            code="too_many_columns",
            name=path.name,
            limit=limit("table", "columns"),
        )
    return Parquet(path, columns, int(counted[0]) if counted else 0, query)
