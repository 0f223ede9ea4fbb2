"""These screens are tried on the demo portfolio, at the client with the largest family."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.services.store.store import Store
from rmdesk.ui.shell.desk import WindowDesk
from tests.support import build
from tests.ui.relations.robot import RelationsRobot


@pytest.fixture
def store(demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    made = build.store_from(demo_template, tmp_path)
    yield made
    made.close()


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk, store: Store) -> RelationsRobot:
    return RelationsRobot(qtbot, desk, store)
