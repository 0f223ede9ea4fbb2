"""The migrations lead to exactly the schema of the models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from rmdesk.base import paths
from rmdesk.models.all import Model
from rmdesk.models.migrations import HEAD
from rmdesk.services.store.engine import connect
from rmdesk.services.store.writing import engine
from tests.support import build

MADE_OTHERWISE = ("alembic", "search_index")  # the index of texts is a virtual table


@pytest.fixture
def migrated(template: Path) -> Iterator[Engine]:
    """A file that the migrations made."""
    made = engine(template, build.KEY)
    yield made
    made.dispose()


@pytest.fixture
def created(tmp_path: Path) -> Iterator[Engine]:
    """A file made straight from the models."""
    path = tmp_path / "created.db"
    connect(path, build.KEY, create=True).close()
    made = engine(path, build.KEY)
    Model.metadata.create_all(made)
    yield made
    made.dispose()


def schema(of: Engine) -> dict[str, object]:
    """Columns, links and indexes of every table, as the file itself tells them; columns in any order."""
    asked = ("table_xinfo", "foreign_key_list", "index_list")
    tables = [name for name in inspect(of).get_table_names() if not name.startswith(MADE_OTHERWISE)]
    with of.connect() as connection:
        told: dict[str, object] = {
            name: [sorted(row[1:] for row in connection.exec_driver_sql(f"PRAGMA {what}({name})")) for what in asked]
            for name in tables
        }
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql NOT NULL")
        told.update({name: " ".join(sql.split()) for name, sql in rows})
    return told


def statements(of: Engine) -> dict[str, str]:
    """The CREATE statements that a file keeps, by name."""
    with of.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {name: " ".join(sql.split()) for name, sql in rows if not name.startswith(MADE_OTHERWISE)}


def test_head_has_the_tables_and_columns_of_the_models(migrated: Engine) -> None:
    found = inspect(migrated)
    tables = [name for name in found.get_table_names() if not name.startswith(MADE_OTHERWISE)]
    have = {name: {column["name"] for column in found.get_columns(name)} for name in tables}
    want = {name: set(table.columns.keys()) for name, table in Model.metadata.tables.items()}
    assert have == want


def test_head_says_the_same_as_the_models(migrated: Engine, created: Engine) -> None:
    assert schema(migrated) == schema(created)


def test_every_table_is_strict(migrated: Engine) -> None:
    loose = [name for name, sql in statements(migrated).items() if "CREATE TABLE" in sql and "STRICT" not in sql]
    assert loose == []


def test_every_model_is_in_the_list_of_models() -> None:
    others = {"__init__", "base", "kinds", "insight_kinds", "all"}
    names = {path.stem for path in paths.package("models").glob("*.py")} - others
    listed = paths.package("models", "all.py").read_text(encoding="utf-8")
    assert {name for name in names if f'"{name}"' not in listed} == set()


def test_the_newest_script_is_head() -> None:
    scripts = paths.package("models", "migrations", "versions").glob("[0-9]*.py")
    assert max(path.name for path in scripts).split("_")[0] == HEAD
