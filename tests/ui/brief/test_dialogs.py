"""The brief on one page, opened from the client's file by key; the file and the day's list on paper."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from rmdesk.base import text
from rmdesk.models.kinds import ClientId
from rmdesk.services.brief.queries import brief_of
from rmdesk.services.store.store import Store
from rmdesk.ui.brief.fitting import brief_document, fitted
from rmdesk.ui.kit import document, fonts
from rmdesk.ui.kit.document_dialog import DocumentDialog
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.today.page import TodayPage
from tests.services.brief.arrange import plain_client, rich_client
from tests.ui.answering import answer
from tests.ui.clients.robot import FileRobot


@pytest.fixture
def rich(store: Store) -> ClientId:
    return rich_client(store)


@pytest.fixture(autouse=True)
def active(qtbot: QtBot, desk: WindowDesk) -> None:
    """A dialog lies over the active window."""
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk.window)


def opened(qtbot: QtBot, desk: WindowDesk) -> DocumentDialog:
    """The document that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DocumentDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, DocumentDialog)
    qtbot.waitUntil(lambda: not desk.tasks.running)
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en", "pseudo"])
def test_a_rich_client_fits_on_one_page(qapp: QApplication, store: Store, rich: ClientId, language: str) -> None:
    text.use(language)
    made = fitted(store.read(brief_of, rich))
    assert document.pages_of(made) == 1


def test_a_page_is_well_used(qapp: QApplication, store: Store, rich: ClientId) -> None:
    """Lines are left out for want of room only: four rows more would not fit."""
    if not fonts.has_chinese():
        pytest.skip("no font with Chinese characters on this computer")
    reader = PdfReader(BytesIO(document.pdf(store.read(brief_document, rich))))
    assert len(reader.pages) == 1
    assert len(reader.pages[0].extract_text()) > 1200


def test_ctrl_b_opens_the_brief_of_the_client_on_screen(
    qtbot: QtBot, desk: WindowDesk, rich: ClientId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = FileRobot(qtbot, desk, rich).page
    (action,) = [action for action in page.offers if action.name == "brief"]
    assert (action.shortcut, action.button) == ("Ctrl+B", True)
    desk.window.topbar.pressed.emit(action)
    dialog = opened(qtbot, desk)
    whole = dialog.view.sheet.toPlainText()
    assert "周文敏" in whole
    assert "Open promises" in whole
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(tmp_path / "b.pdf"), ""))
    with qtbot.waitSignal(dialog.view.saved, timeout=20_000):
        QTest.keySequence(dialog.view.sheet, QKeySequence(QKeySequence.StandardKey.Save))
        answer(qtbot)
    assert len(PdfReader(tmp_path / "b.pdf").pages) == 1
    dialog.close()


def test_the_client_file_is_printed_from_the_file(qtbot: QtBot, desk: WindowDesk, rich: ClientId) -> None:
    desk.ask("client_file", client=rich)
    dialog = opened(qtbot, desk)
    assert dialog.view.sheet.accessibleName() == "Client file"
    dialog.close()


def test_today_prints_its_list(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    plain_client(store, "李明")
    desk.go("today")
    page = desk.window.page()
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.day is not None and not desk.tasks.running)
    (action,) = [action for action in page.offers if action.name == "print_today"]
    action.run(page)
    dialog = opened(qtbot, desk)
    assert "李明" in dialog.view.sheet.toPlainText()
    qtbot.mouseClick(dialog.view.copy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not desk.tasks.running)
    dialog.close()
