"""Files and a journal from the form of a visit: added while it is typed, kept with it, gone with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId
from rmdesk.services.files.queries import files_of
from rmdesk.services.store.store import Store
from rmdesk.services.visits.queries import visits_of
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.visits.log_page import LogPage
from tests.support.demo import store as store
from tests.ui.visits.test_page import asking


@pytest.fixture
def client(store: Store) -> ClientId:
    return ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE name = '周文敏'")))


def opened(desk: WindowDesk, qtbot: QtBot, client: ClientId) -> LogPage:
    desk.go("today")
    desk.ask("visit", client=client)
    qtbot.waitUntil(lambda: isinstance(desk.window.page(), LogPage) and not desk.tasks.running)
    page = desk.window.page()
    assert isinstance(page, LogPage)
    page.form.content.setPlainText("asked about dollars")
    return page


def test_a_file_added_while_typing_goes_with_the_visit(
    desk: WindowDesk, qtbot: QtBot, store: Store, client: ClientId, tmp_path: Path
) -> None:
    page = opened(desk, qtbot, client)
    note = tmp_path / "note.txt"
    note.write_text("dollars", encoding="utf-8")
    page.strip.take([note])
    qtbot.waitUntil(lambda: page.strip.count == 1 and not desk.tasks.running)
    page.save()
    qtbot.waitUntil(lambda: not isinstance(desk.window.page(), LogPage) and not desk.tasks.running)
    visit = store.read(visits_of, client)[0]
    assert visit.content == "asked about dollars"
    assert [file.name for file in store.read(files_of, "visit", visit.id)] == ["note.txt"]
    desk.undo()
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert store.read(visits_of, client)[0].id != visit.id
    assert store.read(files_of, "visit", visit.id) == ()


def test_saved_the_visit_is_written_as_a_journal_in_one_press(
    desk: WindowDesk, qtbot: QtBot, store: Store, client: ClientId
) -> None:
    page = opened(desk, qtbot, client)
    page.to_journal.click()
    qtbot.waitUntil(lambda: len(asking()) == 1 and not desk.tasks.running)
    (dialog,) = asking()
    assert dialog.form.value("content") == "asked about dollars"
    assert store.read(visits_of, client)[0].content == "asked about dollars"
    dialog.reject()
    qtbot.waitUntil(lambda: not asking() and not desk.tasks.running)
