"""The demo portfolio as a data file to copy from, for tests of screens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rmdesk.base import clock
from rmdesk.services import demo
from rmdesk.services.demo.commands import FillDemo
from rmdesk.services.store.engine import connect
from rmdesk.services.store.store import Store
from tests.support import build, once


@pytest.fixture
def store(demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    """The demo portfolio; tests that import this have it as their store."""
    made = build.store_from(demo_template, tmp_path)
    yield made
    made.close()


def template(empty: Path, folder: Path, day: date) -> Path:
    """A filled data file of one's own, as of `day`; `empty` is the template to fill."""
    ready = once.made(f"demo-{day}.db", lambda path: _filled(empty, path, day))
    return Path(shutil.copyfile(ready, folder / "demo.db"))


def _filled(empty: Path, path: Path, day: date) -> None:
    shutil.copyfile(empty, path)
    store = Store(path, build.KEY, who="tester")
    clock.fix(day)
    try:
        store.perform(FillDemo())
    finally:
        clock.fix(None)
        store.close()
    connection = connect(path, build.KEY)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def made(folder: Path, day: date) -> Path:
    """A demo profile of one's own as of `day`."""
    return copied(once.made(f"demo-{day}", lambda path: _made(path, day)), folder)


def _made(folder: Path, day: date) -> None:
    clock.fix(day)
    try:
        demo.make(folder).close()
    finally:
        clock.fix(None)


def copied(made_demo: Path, folder: Path) -> Path:
    """A copy of a demo profile that nobody has open."""
    return Path(shutil.copytree(made_demo, folder))
