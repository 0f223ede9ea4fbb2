"""Writes the tables of the hub's newest, not yet released migration anew from its models.

python -m tools.hub_schema          a test holds the models against what the migrations make
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from rmdesk.hub.models.all import metadata

TARGET = Path(__file__).parent.parent / "rmdesk" / "hub" / "migrations" / "versions" / "0002_desk_log.sql"


def main() -> int:
    """Write the file; 0."""
    dialect: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    earlier = "".join(path.read_text("utf-8") for path in TARGET.parent.glob("*.sql") if path.name < TARGET.name)
    statements = []
    for table in metadata.sorted_tables:
        if f"CREATE TABLE {table.name} (" in earlier:
            continue
        statements.append(CreateTable(table).compile(dialect=dialect))
        statements += [
            CreateIndex(index).compile(dialect=dialect)
            for index in sorted(table.indexes, key=lambda one: str(one.name))
        ]
    text = ";\n".join(str(statement).strip().replace("\t", "    ").replace(" \n", "\n") for statement in statements)
    TARGET.write_text(text + ";\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
