"""Builds what tests need: a real encrypted store with the real schema, and rows to fill it with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rmdesk.services.store import migrate
from rmdesk.services.store.command import Done
from rmdesk.services.store.engine import connect
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork

KEY = bytes(range(32))
TEMPLATE = "template.db"


def template(folder: Path) -> Path:
    """An empty, migrated data file to copy from."""
    path = folder / TEMPLATE
    connect(path, KEY, create=True).close()
    migrate.bring_up(path, KEY)
    connection = connect(path, KEY)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return path


def template_folder(folder: Path) -> None:
    """A new folder with an empty data file in it."""
    folder.mkdir()
    template(folder)


def store_from(template_path: Path, folder: Path) -> Store:
    """A store of its own for one test."""
    path = folder / "rmdesk.db"
    shutil.copyfile(template_path, path)
    return Store(path, KEY, who="tester")


@dataclass(frozen=True, slots=True)
class Do:
    """A command around a function, for arranging rows: `perform(store, lambda work: ...)`."""

    function: Callable[[UnitOfWork], Any]
    label: ClassVar[str] = "Arrange"

    def apply(self, work: UnitOfWork) -> Done[Any]:
        return Done(self.function(work))


def perform(store: Store, function: Callable[[UnitOfWork], Any]) -> Any:
    """Run a function in a unit of work and commit; gives back what the function gave."""
    return store.perform(Do(function)).result
