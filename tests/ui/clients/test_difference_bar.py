"""The strip over a tab of the client's file: what waits there, and the way to settle it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId
from rmdesk.services.store.store import Store
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.sync.dialogs import RecordDialog
from tests.support import build, team
from tests.ui.clients.robot import FileRobot

CLIENT = ClientId(1)
VISIT = "SELECT id FROM visit WHERE client_id = 1 AND state = 'held' ORDER BY id LIMIT 1"


@pytest.fixture
def visit(store: Store) -> str:
    team.join(store)
    found = str(store.read(lambda reads: reads.value(VISIT)))

    def plant(work) -> None:
        team.told(work, "visit", found, CLIENT)
        team.differ(work, "visit", found, "content", "另一版")

    build.perform(store, plant)
    return found


def test_it_leads_to_the_record_and_goes_when_it_is_settled(
    qtbot: QtBot, desk: WindowDesk, store: Store, visit: str
) -> None:
    file = FileRobot(qtbot, desk, CLIENT)
    bar = file.page.unmerged
    qtbot.waitUntil(bar.isVisible)
    file.page.show_tab("gifts")
    file.settle()
    assert not bar.isVisible()
    file.page.show_tab("visits")
    qtbot.waitUntil(bar.isVisible)

    def offered() -> list[Button]:
        return [one for one in bar.findChildren(Button) if one.isVisible()]

    qtbot.waitUntil(lambda: len(offered()) == 1)
    (settle,) = offered()
    qtbot.mouseClick(settle, Qt.MouseButton.LeftButton)
    dialog = file.dialog(RecordDialog)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.panel.views[1].button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.isVisible())
    file.settle()
    assert store.read(lambda reads: reads.value("SELECT content FROM visit WHERE id = ?", (visit,))) == "另一版"


def test_without_a_hub_there_is_none(qtbot: QtBot, desk: WindowDesk) -> None:
    file = FileRobot(qtbot, desk, CLIENT)
    file.settle()
    assert file.page.unmerged.isHidden()
