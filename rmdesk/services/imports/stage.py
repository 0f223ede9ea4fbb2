"""The staging area: the records of one hand-over, in memory, one row per thing and day whatever the files' order.

A database in memory holds 100,000 clients and 500,000 holdings in about a third of what Python objects would take,
and nothing of it ever touches the disk. Several rows on one thing are laid together: what one leaves out another
tells. When two rows of the same day disagree, the greater value is taken, so that the order of rows and files does
not matter, and the disagreement is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlcipher3 import dbapi2

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, phrase
from rmdesk.services.imports import keys
from rmdesk.services.imports.kept import BY_ENTITY, CLIENT, HOLDING, ORDER, Kept
from rmdesk.services.imports.records import Chunk, Entity, Finding

PAGE = 4000
MOST = 4_000_000  # records; no desk has so many, and memory would run out

Row = tuple[Any, ...]
DAY, FILE, ROW, VALUES = 0, 1, 2, 3  # places in a version; the values of Kept.fields follow


@dataclass(frozen=True, slots=True)
class Staged:
    """One thing with what was told of it: a version (day, file, row, values…) for each day."""

    key: str
    versions: list[Row]


class Stage:
    """The records of one hand-over. Used by one thread at a time; `close` forgets everything."""

    def __init__(self) -> None:
        self._db = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._people: dict[tuple[int, int], str] = {}  # clients without a number, by file and row
        self._statements: dict[tuple[Entity, tuple[str, ...], bool], str] = {}
        self.count = 0
        for kept in ORDER:
            self.run(
                f"CREATE TABLE {kept.table} (at TEXT, as_of TEXT, file INT, row INT, clash TEXT, stub INT DEFAULT 0,"
                f" {_quoted(kept.fields)}, PRIMARY KEY (at, as_of)) WITHOUT ROWID"
            )
        self.run(
            "CREATE TABLE tx (holder TEXT, day TEXT, seq TEXT, account TEXT, client TEXT, amount INT, balance INT,"
            " own INT, currency TEXT, file INT, row INT, PRIMARY KEY (holder, day, seq)) WITHOUT ROWID"
        )

    def add(self, chunk: Chunk, file: int, name: str) -> list[Finding]:
        """Take the records of a chunk of file number `file`; gives back those that say not what they speak of."""
        self.count += len(chunk.rows)
        if self.count > MOST:
            raise Refused(
                N_("This hand-over has more than {most} records."),
                do=N_("Ask the data team for your own portfolio only, or import the files one by one."),
                code="too_many",
                most=MOST,
            )
        rows = self._owned(chunk, file)
        if chunk.entity is Entity.TRANSACTION:
            return self._add_transactions(chunk, rows, file, name)
        return self._add(BY_ENTITY[chunk.entity], chunk, rows, file, name)

    def put(self, kept: Kept, fields: tuple[str, ...], rows: list[Row]) -> None:
        """Lay rows of (key, day, file, row, values of `fields`…) together with what is there."""
        self._db.executemany(self._laying(kept, fields, False), rows)

    def pages(self, kept: Kept, size: int = PAGE) -> Iterator[list[Staged]]:
        """Everything of one kind in the order of its keys."""
        columns = _quoted(kept.fields)
        page: list[Staged] = []
        last = None
        for rows in self.stream(f"SELECT at, as_of, file, row, {columns} FROM {kept.table} ORDER BY at, as_of"):
            for row in rows:
                key = row[0]
                if key == last:
                    page[-1].versions.append(row[1:])
                    continue
                last = key
                if len(page) >= size:
                    yield page
                    page = []
                page.append(Staged(key, [row[1:]]))
        if page:
            yield page

    def size(self, kept: Kept) -> int:
        """How many rows of one kind there are."""
        return int(self.rows(f"SELECT count(*) FROM {kept.table}")[0][0])

    def known(self, kept: Kept, wanted: list[str]) -> set[str]:
        """Which of these keys the hand-over tells of."""
        sql = f"SELECT at FROM {kept.table} WHERE at IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self.rows(sql, (keys.listed(wanted),))}

    def last_day(self) -> date | None:
        """The latest day that a row tells of itself, else that of the last transaction."""
        days = [self.rows(f"SELECT max(as_of) FROM {kept.table}")[0][0] for kept in ORDER]
        day = max((day for day in days if day), default="") or self.rows("SELECT max(day) FROM tx")[0][0]
        return date.fromisoformat(day) if day else None

    def rows(self, sql: str, params: Any = ()) -> list[Row]:
        """The rows of a query over the staging tables; for results known to be small."""
        return [row for page in self.stream(sql, params) for row in page]

    def stream(self, sql: str, params: Any = ()) -> Iterator[list[Row]]:
        """The same in pages, for results of any length."""
        cursor = self._db.execute(sql, params)
        while page := cursor.fetchmany(PAGE):
            yield page

    def run(self, sql: str, params: Any = ()) -> None:
        """A statement without an answer."""
        self._db.execute(sql, params)

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def _add(self, kept: Kept, chunk: Chunk, rows: list[Row], file: int, name: str) -> list[Finding]:
        fields = chunk.fields
        key_of = keys.maker(chunk.entity, fields)
        day = fields.index("as_of") if "as_of" in fields else None
        taken = tuple(field for field in fields if field in kept.fields)
        places = [fields.index(field) for field in taken]
        keyless = kept is HOLDING and "key" not in taken
        extra = taken.index("extra") if "extra" in taken else None
        findings: list[Finding] = []
        out: list[Row] = []
        for row, number in zip(rows, chunk.numbers, strict=True):
            key = key_of(row)
            if key is None:
                findings.append(_nameless(name, number))
                continue
            values = [row[place] for place in places]
            if extra is not None:
                values[extra] = keys.packed(values[extra])
            if keyless:
                values.append(key)
            elif kept is HOLDING:
                values[taken.index("key")] = key
            out.append((key, _day(row[day]) if day is not None else "", file, number, *values))
            if kept is CLIENT and key[0] == keys.NUMBERLESS:
                self._people[file, number] = key
        # Two lots of one product without a contract number are one holding with the sum of both.
        made = kept is HOLDING and ("key" not in fields or any(row[fields.index("key")] is None for row in rows))
        self._db.executemany(self._laying(kept, (*taken, "key") if keyless else taken, made), out)
        return findings

    def _owned(self, chunk: Chunk, file: int) -> list[Row]:
        """The rows, with the client of their own file row where they name none."""
        if not self._people or "client_number" not in chunk.fields:
            return chunk.rows
        at, people = chunk.fields.index("client_number"), self._people
        return [
            row if row[at] is not None else (*row[:at], people.get((file, number)), *row[at + 1 :])
            for row, number in zip(chunk.rows, chunk.numbers, strict=True)
        ]

    def _add_transactions(self, chunk: Chunk, rows: list[Row], file: int, name: str) -> list[Finding]:
        wanted = ("key", "account_number", "client_number", "on", "amount_minor", "balance_minor", "own", "currency")
        places = [chunk.fields.index(field) if field in chunk.fields else -1 for field in wanted]
        findings: list[Finding] = []
        out: list[Row] = []
        for row, number in zip(rows, chunk.numbers, strict=True):
            key, account, client, day, *rest = [row[place] if place >= 0 else None for place in places]
            owner = keys.holder(account, client)
            if owner is None or day is None or rest[0] is None:
                findings.append(_nameless(name, number))
                continue
            # A bank's own number makes a transaction that stands in two files one.
            out.append(
                (owner, _day(day), f"k{key}" if key else f"{file}:{number}", account, client, *rest, file, number)
            )
        self._db.executemany(f"INSERT OR IGNORE INTO tx VALUES ({_marks(11)})", out)
        return findings

    def _laying(self, kept: Kept, fields: tuple[str, ...], summed: bool) -> str:
        found = self._statements.get((kept.entity, fields, summed))
        if found is None:
            found = self._statements[kept.entity, fields, summed] = _laying(kept, fields, summed)
        return found


def _laying(kept: Kept, fields: tuple[str, ...], summed: bool) -> str:
    """The statement that lays a row over the one with the same key and day."""
    parts = []
    for field in fields:
        mine, theirs = f'"{field}"', f'excluded."{field}"'
        greater = f"max(coalesce({mine}, {theirs}), coalesce({theirs}, {mine}))"
        if summed and field == "amount_minor":
            greater = (
                f"CASE WHEN file = excluded.file THEN coalesce({mine} + {theirs}, {mine}, {theirs}) ELSE {greater} END"
            )
        parts.append(f"{mine} = {greater}")
    compared = [field for field in fields if field != "extra" and not (summed and field == "amount_minor")]
    clash = " ".join(f'WHEN "{field}" <> excluded."{field}" THEN \'{field}\'' for field in compared)
    parts.append(f"clash = coalesce(clash, CASE {clash} END)" if compared else "clash = clash")
    extra = "".join(f', "{field}"' for field in fields)
    return (
        f"INSERT INTO {kept.table} (at, as_of, file, row{extra})"
        f" VALUES ({_marks(4 + len(fields))}) ON CONFLICT (at, as_of) DO UPDATE SET {', '.join(parts)}"
    )


def _day(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _quoted(fields: tuple[str, ...]) -> str:
    return ", ".join(f'"{field}"' for field in fields)


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _nameless(file: str, row: int) -> Finding:
    return Finding(
        file,
        row,
        "",
        "",
        phrase("Nothing in this row says which client, account or product it is about."),
        phrase("Say in the layout which column holds the number or the name."),
    )
