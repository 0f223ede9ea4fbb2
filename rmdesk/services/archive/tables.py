"""The tables of a data file as lines of JSON: one that names a table and its columns, then one for each row."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

from rmdesk.services.store.engine import Connection

# Made anew from the rest when they are missing: the index of texts, results that were kept until the next change.
DERIVED = ("search_text", "search_change", "kept")
_NOT_OURS = ("search_index", "sqlite_")
_VERSION = "alembic_version"


def names(connection: Connection) -> list[str]:
    """The tables whose rows count, in the order of their names."""
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found if name not in (*DERIVED, _VERSION) and not name.startswith(_NOT_OURS)]


def columns(connection: Connection, table: str) -> list[str]:
    """The columns of a table that hold something; those that are worked out are not among them."""
    return [row[1] for row in connection.execute(f'PRAGMA table_xinfo("{table}")') if row[6] == 0]


def lines(connection: Connection, size: int = 500) -> Iterator[bytes]:
    """Every table and every row, as lines of JSON; the last line tells how many rows there were of each table."""
    counts: dict[str, int] = {}
    for table in names(connection):
        cols = columns(connection, table)
        yield _line({"table": table, "columns": cols})
        listed = ", ".join(f'"{name}"' for name in cols)
        cursor = connection.execute(f'SELECT {listed} FROM "{table}" ORDER BY rowid')
        counts[table] = 0
        while page := cursor.fetchmany(size):
            counts[table] += len(page)
            for row in page:
                yield _line([{"base64": base64.b64encode(v).decode()} if isinstance(v, bytes) else v for v in row])
    broken = len(list(connection.execute("PRAGMA foreign_key_check")))
    yield _line({"end": counts, "broken_links": broken})


def take_in(connection: Connection, told: Iterable[bytes], size: int = 500) -> dict[str, int]:
    """Write the rows of an archive into a data file of the same schema, in place of what is there.

    Gives the rows per table. ValueError, KeyError or TypeError when the lines are not what `lines` writes. The caller
    begins and ends the transaction, with foreign keys off and triggers away.
    """
    known = {table: set(columns(connection, table)) for table in names(connection)}
    for table in known:
        connection.execute(f'DELETE FROM "{table}"')
    counts: dict[str, int] = {}
    insert, rows, end = "", [], None
    for line in told:
        read = json.loads(line)
        if end is not None:
            raise ValueError
        if isinstance(read, list):
            rows.append([_value(one) for one in read])
            if len(rows) < size:
                continue
        if rows:
            connection.executemany(insert, rows)
            counts[table] += len(rows)
            rows = []
        if isinstance(read, dict) and "table" in read:
            table, cols = read["table"], read["columns"]
            if table in counts or not set(cols) <= known[table]:
                raise ValueError
            counts[table] = 0
            listed = ", ".join(f'"{name}"' for name in cols)
            insert = f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(cols))})'
        elif isinstance(read, dict):
            end = read
    if end is None or end["end"] != counts:
        raise ValueError
    if len(list(connection.execute("PRAGMA foreign_key_check"))) != end["broken_links"]:
        raise ValueError
    return counts


def _line(what: Any) -> bytes:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _value(read: Any) -> Any:
    return base64.b64decode(read["base64"], validate=True) if isinstance(read, dict) else read
