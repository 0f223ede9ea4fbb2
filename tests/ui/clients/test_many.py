"""A hundred thousand clients: the table reads the rows one looks at, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import Topic
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.ui.kit.rows import PAGE
from rmdesk.ui.shell.desk import WindowDesk
from tests.support import build
from tests.ui.clients.robot import ClientsRobot

MANY = 100_000


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    made = build.store_from(template, tmp_path)

    def fill(work: UnitOfWork) -> None:
        work.bulk(
            "INSERT INTO client (id, number, name, initials, pinyin, origin, kind, status) "
            "VALUES (?, ?, ?, ?, '', 'bank', 'person', 'active')",
            [(at, f"N{at:06}", f"客户{at}", "kh") for at in range(1, MANY + 1)],
            topics={Topic.CLIENTS},
        )

    build.perform(made, fill)
    yield made
    made.close()


def test_only_rows_that_are_looked_at_are_read(qtbot: QtBot, desk: WindowDesk) -> None:
    clients = ClientsRobot(qtbot, desk)
    rows = clients.table.rows
    assert clients.count == MANY
    assert clients.row(0).number == "N000001"
    assert len(rows._rows) <= 2 * PAGE
    qtbot.keyClick(clients.table, Qt.Key.Key_End)
    assert clients.row(MANY - 1).number == "N100000"
    clients.settle()
    assert len(rows._rows) <= 4 * PAGE
    clients.type("N0500")
    assert clients.count == 100
    assert len(rows._rows) <= 5 * PAGE
