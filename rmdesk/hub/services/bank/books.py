"""Whose client somebody is: from the manager that the bank's file names to a book."""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.base.errors import Refused, Trouble
from rmdesk.base.text import N_
from rmdesk.hub.database import Database
from rmdesk.wire.ids import named, scope_id

POOL = named("book", "unassigned")  # the book of clients whose manager nobody knows
POOL_TEAM = named("team", "unassigned")
UNASSIGNED = "Unassigned"
_ENCODINGS = ("utf-8-sig", "gb18030")
# What may stand in the bank's files for the manager of a book.
_NAMES = """
SELECT b.id, b.id, b.number, b.name, u.login, u.name
FROM book b LEFT JOIN hub_user u ON u.id = b.owner_id WHERE b.id <> %s
"""


class Books:
    """Finds the book of a manager as a file names them: by a mapping that was given, else by the book's number or
    name, or its owner's login or name. A name that fits several books fits none.

    `fallback` is the book of clients for whom the files name no manager.
    """

    def __init__(self, connection: Connection[Any], told: Iterable[tuple[str, str]] = (), fallback: str = "") -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for book, *names in connection.execute(_NAMES, (POOL,)):
            for name in names:
                if name:
                    found[_same(name)].add(book)
        self._known = {name: next(iter(books)) for name, books in found.items() if len(books) == 1}
        self._known |= {_same(manager): self._book(book) for manager, book in list(told)}
        self._fallback = self._book(fallback) if fallback else POOL

    def of(self, manager: str | None) -> str | None:
        """The book; None when nobody knows this manager."""
        return self._fallback if not manager else self._known.get(_same(manager))

    @property
    def fallback(self) -> str:
        """The book of clients without a manager in the files."""
        return self._fallback

    def _book(self, name: str) -> str:
        found = self._known.get(_same(name))
        if found is None:
            raise Refused(
                N_("The hub has no book {name}, or several."),
                do=N_("Name it by its number or its id."),
                code="no_book",
                field="book",
                name=name,
            )
        return found


def mapping(path: Path) -> list[tuple[str, str]]:
    """Pairs of (manager as in the bank's files, book) from a CSV file with two columns; a header begins "manager"."""
    for encoding in _ENCODINGS:
        try:
            text = path.read_text(encoding)
            break
        except UnicodeDecodeError:
            continue
        except OSError as error:
            raise Trouble(
                N_("{name} can't be read."),
                do=N_("Check that the file exists and may be read, then try again."),
                code="unreadable",
                name=path.name,
            ) from error
    else:
        raise Refused(N_("{name} is no text."), do=N_("Save it as CSV in UTF-8."), code="encoding", name=path.name)
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines()) if any(row)]
    for number, row in enumerate(rows, start=1):
        if len(row) != 2 or not all(row):
            raise Refused(
                N_("Row {row} of {name} does not hold a manager and a book."),
                do=N_("Write two columns: the manager as in the bank's files, and the number of the book."),
                code="mapping",
                row=number,
                name=path.name,
            )
    return [(row[0], row[1]) for row in rows if _same(row[0]) != "manager"]


def open_pool(database: Database) -> None:
    """Make the book of unassigned clients, unless there is one; its team has no members."""
    scopes = [scope_id(kind, POOL) for kind in ("bank", "book")]
    with database.transaction([*scopes, scope_id("team", POOL_TEAM)]) as connection:
        if connection.execute("SELECT 1 FROM book WHERE id = %s", (POOL,)).fetchone():
            return
        now = clock.now()
        connection.execute("INSERT INTO team VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", (POOL_TEAM, UNASSIGNED, now))
        connection.execute(
            "INSERT INTO book (id, team_id, owner_id, name, number, made_at) VALUES (%s, %s, NULL, %s, NULL, %s)"
            " ON CONFLICT DO NOTHING",
            (POOL, POOL_TEAM, UNASSIGNED, now),
        )
        for kind, owner in (("bank", POOL), ("book", POOL), ("team", POOL_TEAM)):
            connection.execute(
                "INSERT INTO scope (id, kind, owner, made_at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (scope_id(kind, owner), kind, owner, now),
            )


def _same(name: str) -> str:
    """Names that differ in width, case or blanks are one."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
