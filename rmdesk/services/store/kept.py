"""Results kept in the data file until anything changes, so that the next start shows them without computing.

Every commit writes a new revision and removes what is kept, so nothing kept outlives the data that it was made of
(docs/adr/0017).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rmdesk import __version__
from rmdesk.base import paths
from rmdesk.models.migrations import HEAD
from rmdesk.services.store.engine import connect, told
from rmdesk.services.store.reads import REVISION, Reads

FORGET = "DELETE FROM kept"
RENEW = "INSERT INTO kept (name, made_of, value) VALUES ('revision', ?, '')"
_KEEP = "INSERT OR REPLACE INTO kept (name, made_of, value) VALUES (?, ?, ?)"


def made_of(reads: Reads, *given: object) -> str:
    """What a result is made of: the state of the data, the program with its rule books, and what was asked."""
    return "\n".join((reads.value(REVISION) or "", *_program(), *map(str, given)))


def recall(reads: Reads, name: str, of: str) -> str | None:
    """The kept result of that name, if it was made of the very same."""
    found = reads.value("SELECT value FROM kept WHERE name = ? AND made_of = ?", (name, of))
    return None if found is None else str(found)


def keep(path: Path, key: bytes, name: str, of: str, value: str) -> None:
    """Keep a result, unless the data changed since it was made."""
    connection = connect(path, key)
    try:
        with told(path):
            connection.execute("BEGIN IMMEDIATE")
            revision = connection.execute(REVISION).fetchone()
            if of.partition("\n")[0] == (revision[0] if revision else ""):
                connection.execute(_KEEP, (name, of, value))
            connection.execute("COMMIT")
    finally:
        connection.close()


@cache
def _program() -> tuple[str, ...]:
    """The version of the program, of the tables, and of each rule book."""
    books = sorted(paths.resource("rules").glob("*.toml"))
    return __version__, HEAD, *(f"{book.name} {book.stat().st_size} {book.stat().st_mtime_ns}" for book in books)
