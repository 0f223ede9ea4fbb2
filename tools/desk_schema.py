"""Writes what a feature adds to the desk's newest, not yet released migration.

python -m tools.desk_schema PART        0004_PART.sql: all that the models have and no other migration makes;
                                        a test holds the models against what the migrations make
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column, Dialect, Index, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from rmdesk.models.all import Model

VERSIONS = Path(__file__).parent.parent / "rmdesk" / "models" / "migrations" / "versions"
NEWEST = "0004"


def _made(besides: Path) -> tuple[dict[str, set[str]], set[str]]:
    """Columns by table, and indexes, that the other scripts make."""
    columns: dict[str, set[str]] = defaultdict(set)
    indexes: set[str] = set()
    for path in sorted(VERSIONS.glob("*.sql")):
        if path == besides:
            continue
        text = path.read_text("utf-8")
        for found in re.finditer(r"CREATE TABLE (\w+) \((.*?)\n\)", text, re.DOTALL):
            columns[found[1]] = set(re.findall(r'^\s+"?(\w+)"? ', found[2], re.MULTILINE))
        for found in re.finditer(r'ALTER TABLE (\w+) ADD COLUMN "?(\w+)"?', text):
            columns[found[1]].add(found[2])
        indexes |= set(re.findall(r"CREATE (?:UNIQUE )?INDEX (\w+)", text))
    return columns, indexes


def _told(statement: CreateTable | CreateIndex | CreateColumn) -> str:
    dialect: Dialect = sqlite.dialect()
    text = str(statement.compile(dialect=dialect)).strip()
    return text.replace(", \n", ",\n").replace("\n)\n STRICT", "\n) STRICT").replace("\t", "    ")


def _added(table: Table, column: Column[object]) -> str:
    links = "".join(
        f" CONSTRAINT fk_{table.name}_{column.name} REFERENCES {link.column.table.name} ({link.column.name})"
        + (f" ON DELETE {link.ondelete}" if link.ondelete else "")
        for link in column.foreign_keys
    )
    return f"ALTER TABLE {table.name} ADD COLUMN {_told(CreateColumn(column))}{links};"


def _name(index: Index) -> str:
    return str(index.name)


def statements(target: Path) -> Iterator[str]:
    """What the models have beyond the scripts other than `target`, in an order that can be run."""
    columns, indexes = _made(target)
    for table in Model.metadata.sorted_tables:
        if table.name not in columns:
            yield f"{_told(CreateTable(table))};"
        else:
            yield from (_added(table, one) for one in table.columns if one.name not in columns[table.name])
        yield from (
            f"{_told(CreateIndex(one))};" for one in sorted(table.indexes, key=_name) if _name(one) not in indexes
        )


def main() -> int:
    """Write the part; 0."""
    target = VERSIONS / f"{NEWEST}_{sys.argv[1]}.sql"
    target.write_text("\n".join(statements(target)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
