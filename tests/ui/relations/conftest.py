"""These screens are tried on the demo portfolio, at the client with the largest family."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.services.store.store import Store
from rmdesk.ui.shell.desk import WindowDesk
from tests.support.demo import store as store
from tests.ui.relations.robot import RelationsRobot


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk, store: Store) -> RelationsRobot:
    return RelationsRobot(qtbot, desk, store)
