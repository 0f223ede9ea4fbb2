"""Case 22: files that released versions made become files of today, whatever statement the computer dies at.

`frozen/NNNN.jsonl.gz` holds what the program of that version wrote (its demo portfolio, cut to a few clients): every
statement of its schema and every row, one JSON object a line. They are never written anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from rmdesk.base.progress import Silent
from rmdesk.models.migrations import HEAD
from rmdesk.services.health import derived
from rmdesk.services.store import backup, copying, engine, migrate
from rmdesk.services.store.store import Store

FROZEN = Path(__file__).parent / "frozen"
VERSIONS = sorted(path.name.removesuffix(".jsonl.gz") for path in FROZEN.glob("*.jsonl.gz"))
KEY = hashlib.sha256(b"thrown away").digest()
# What an upgrade works out anew, or what is no row of the data.
NOT_KEPT = {"alembic_version", "search_text", "search_change", "kept", "client_figures"}


def lines(version: str) -> list[dict[str, Any]]:
    with gzip.open(FROZEN / f"{version}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def thawed(version: str, path: Path) -> None:
    """The encrypted file as that version left it."""
    connection = engine.connect(path, KEY, create=True)
    connection.execute("PRAGMA foreign_keys=OFF").fetchall()
    connection.execute("BEGIN")
    told = lines(version)
    for kind in ("table", "rows", "index", "trigger"):
        for one in told:
            if one.get("kind") == kind:
                connection.execute(one["sql"])
            elif kind == "rows" and "rows" in one:
                names = ", ".join(f'"{name}"' for name in one["columns"])
                sql = f'INSERT INTO "{one["table"]}" ({names}) VALUES ({", ".join("?" * len(one["columns"]))})'
                connection.executemany(sql, [[_value(value) for value in row] for row in one["rows"]])
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def _value(read: Any) -> Any:
    return bytes.fromhex(read["hex"]) if isinstance(read, dict) else read


def rows(path: Path, like: list[dict[str, Any]]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the tables and columns that the old version knew."""
    connection = engine.connect(path, KEY)
    found = {}
    for one in like:
        if "rows" in one and one["table"] not in NOT_KEPT:
            names = ", ".join(f'"{name}"' for name in one["columns"])
            found[one["table"]] = sorted(
                connection.execute(f'SELECT {names} FROM "{one["table"]}"').fetchall(), key=repr
            )
    connection.close()
    return found


def test_every_released_version_is_here() -> None:
    released = [f"{number:04}" for number in range(1, int(HEAD))]
    assert released == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_case_22_a_file_of_a_released_version_becomes_one_of_today(version: str, tmp_path: Path) -> None:
    path, told = tmp_path / "rmdesk.db", lines(version)
    thawed(version, path)
    assert migrate.version_of(path, KEY) == version
    before = rows(path, told)
    assert sum(map(len, before.values())) > 100
    migrate.bring_up(path, KEY)
    assert migrate.version_of(path, KEY) == HEAD
    assert rows(path, told) == before
    assert copying.is_whole(path, KEY, None, Silent())
    store = Store(path, KEY, "x")
    assert store.read(derived.missing_objects) == {}
    assert store.perform(derived.RenewFigures()).result >= 0
    store.close()
    (made,) = backup.backups_of(tmp_path)
    assert backup.check(made.path, KEY, tmp_path).readable


@pytest.mark.parametrize("version", VERSIONS)
def test_case_22_dead_at_any_statement_it_is_the_old_file_or_the_new(version: str, tmp_path: Path) -> None:
    """Before each statement the files are copied, as a power cut would leave them; each copy is opened."""
    path, told = tmp_path / "rmdesk.db", lines(version)
    thawed(version, path)
    before = rows(path, told)
    states: dict[str, Path] = {}
    count = 0

    def freeze(*_about: object) -> None:
        nonlocal count
        count += 1
        files = [path, path.with_name("rmdesk.db-wal")]
        digest = hashlib.sha256(b"".join(file.read_bytes() for file in files if file.exists())).hexdigest()
        if digest not in states:
            folder = states[digest] = tmp_path / f"dead{len(states)}"
            folder.mkdir()
            for file in files:
                if file.exists():
                    shutil.copyfile(file, folder / file.name)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, freeze)
    try:
        migrate.bring_up(path, KEY)
    finally:
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.remove(Engine, name, freeze)
    freeze()
    assert count > 15
    found = {migrate.version_of(folder / "rmdesk.db", KEY) for folder in states.values()}
    assert found == {version, HEAD}
    for folder in states.values():
        copy = folder / "rmdesk.db"
        assert rows(copy, told) == before
        assert copying.is_whole(copy, KEY, None, Silent())
    first = states[next(iter(states))] / "rmdesk.db"
    migrate.bring_up(first, KEY)  # what had not happened happens at the next start
    assert migrate.version_of(first, KEY) == HEAD
