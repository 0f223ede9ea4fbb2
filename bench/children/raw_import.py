"""The floor of an import: the very rows that it left, ready in memory, by executemany into a new encrypted file."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.children.floor import written
from bench.told import DAY, tell
from rmdesk.base import clock
from rmdesk.services.store import profile

TABLES = ("client", "holding")


def main(imported: Path) -> None:
    """Measure and tell."""
    clock.fix(DAY)
    store = profile.open_demo(imported)
    reader = store.reader()
    rows = {table: list(_rows(reader, table)) for table in TABLES}
    reader.close()
    store.close()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        fresh = profile.create(Path(folder) / "profile", who="bench", demo=True)
        batch = "INSERT INTO batch (id, at, who, as_of, state) VALUES (1, '', '', '2026-11-23', 'applied')"
        taken, cpu = written(fresh, rows, before=batch)
        fresh.close()
    tell(taken=taken, cpu=cpu)


def _rows(reader: Any, table: str) -> Any:
    for page in reader.pages(f"SELECT * FROM {table}"):
        yield from page


if __name__ == "__main__":
    main(Path(sys.argv[1]))
