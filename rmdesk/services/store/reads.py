"""Reading: what every query function is given, on the reading thread or inside a unit of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from rmdesk.services.store.engine import CACHE_KIB, Connection, connect, told

Params = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]

# A fetchall() of a large result holds the interpreter and freezes the window; pages of this size do not.
PAGE = 2000
COUNTED = "#"  # begins a revision that is a connection's own count
REVISION = "SELECT made_of FROM kept WHERE name = 'revision'"


class Reads(Protocol):
    """Runs SELECT statements; text comes back as str, dates as YYYY-MM-DD, flags as 0/1."""

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """All rows; for results known to be small."""

    def pages(self, sql: str, params: Params = (), size: int = PAGE) -> Iterator[list[Row]]:
        """Rows in pages, for results of any length."""

    def one(self, sql: str, params: Params = ()) -> Row | None:
        """The first row, or None."""

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""


def revision(reads: Reads) -> str:
    """The state of the data: another after each commit of a unit of work, not after a result was kept (`store/kept`).

    A file that no unit of work has written yet has SQLite's own count, which tells of every commit.
    """
    return reads.value(REVISION) or f"{COUNTED}{reads.value('PRAGMA data_version')}"


class Reader:
    """A reading connection of its own; belongs to one thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._connection: Connection = connect(path, key)
        self._connection.execute("PRAGMA query_only=ON").fetchall()

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        with told(self.path):
            found: list[Row] = []
            for page in self.pages(sql, params):
                found += page
            return found

    def pages(self, sql: str, params: Params = (), size: int = PAGE) -> Iterator[list[Row]]:
        with told(self.path):
            cursor = self._connection.execute(sql, params)
            while page := cursor.fetchmany(size):
                yield page

    def one(self, sql: str, params: Params = ()) -> Row | None:
        with told(self.path):
            row: Row | None = self._connection.execute(sql, params).fetchone()
            return row

    def value(self, sql: str, params: Params = ()) -> Any:
        row = self.one(sql, params)
        return None if row is None else row[0]

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """All reads inside see the same state, whatever is committed meanwhile."""
        with told(self.path):
            self._connection.execute("BEGIN")
        try:
            yield self
        finally:
            self._connection.execute("ROLLBACK")

    def interrupt(self) -> None:
        """Stop the statement that runs on another thread."""
        self._connection.interrupt()

    def shrink(self, keep_kib: int = 0) -> None:
        """Give back the pages of the file that are kept in memory but the last used ones, up to `keep_kib`."""
        with told(self.path):
            if not keep_kib:
                self._connection.execute("PRAGMA shrink_memory").fetchall()
                return
            for most in (keep_kib, CACHE_KIB):  # what is above a smaller limit goes at once
                self._connection.execute(f"PRAGMA cache_size=-{most}").fetchall()

    def empty_wal(self) -> bool:
        """Move the WAL into the file and cut it to nothing; False while somebody reads an older state."""
        with told(self.path):
            busy, _log, _moved = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        """Give the connection back; the reader is of no use afterwards."""
        self._connection.close()
