"""The file of a client: head, receipt, holdings, history, and what can be changed there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientStatus
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.store.store import Store
from rmdesk.ui.clients.edit_dialog import ClientDialog, NoteDialog, ReadingDialog
from rmdesk.ui.clients.file_history import HistoryTab
from rmdesk.ui.clients.tabs import TABS
from rmdesk.ui.products.holdings_tab import HoldingsTab
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.clients.robot import FileRobot, typed


@pytest.fixture
def file(qtbot: QtBot, desk: WindowDesk) -> FileRobot:
    return FileRobot(qtbot, desk, 1)


def test_the_head_says_who_it_is_and_hides_the_number(file: FileRobot) -> None:
    head = file.page.head
    assert head._name.text() == file.page.title()
    assert "••••" in head.phone.text()
    assert head.spark.accessibleName().startswith("AUM from ")


def test_the_score_of_the_head_is_that_of_the_receipt(file: FileRobot) -> None:
    receipt = file.page.overview.receipt.receipt
    assert receipt is not None
    assert file.page.head._score.text() == f"{receipt.score:.1f}"
    assert sum(line.points for line in receipt.lines) == pytest.approx(receipt.score, abs=0.051)


def test_showing_the_number_leaves_a_record(file: FileRobot, store: Store) -> None:
    file.settle()
    file.qtbot.waitUntil(file.page.head.reveal.isVisible)
    file.qtbot.mouseClick(file.page.head.reveal, Qt.MouseButton.LeftButton)
    file.qtbot.waitUntil(lambda: "••••" not in file.page.head.phone.text())
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM change WHERE command = 'ShowNumber'")) == 1
    file.settle()
    number = file.page.head.phone.text()
    file.page.mark_stale()
    file.page.refresh_if_stale()
    file.settle()
    assert file.page.head.phone.text() == number  # read anew, it stays
    file.desk.go("client", client=2)
    file.settle()
    file.desk.go("client", client=1)
    file.settle()
    file.qtbot.waitUntil(lambda: "••••" in file.page.head.phone.text())  # for another visit it is asked for anew


def test_tabs_show_holdings_and_where_values_come_from(file: FileRobot) -> None:
    held = file.open_tab("holdings")
    assert isinstance(held, HoldingsTab)
    assert held.holdings.rows.rowCount() > 0
    assert held.chart.accessibleDescription()
    assert file.page.tabs.buttons["holdings"].text() == f"Holdings {held.holdings.rows.rowCount()}"
    told = file.open_tab("history")
    assert isinstance(told, HistoryTab)
    fields = [told.values.rows.cell(at, 0).text for at in range(told.values.rows.rowCount())]
    assert fields[:2] == ["Client number", "Name"]


def test_a_tab_follows_to_the_next_client(file: FileRobot) -> None:
    held = file.open_tab("holdings")
    file.desk.go("client", client=2, tab="holdings")
    file.settle()
    assert file.page.shown == "holdings"
    assert held.client == 2


def test_a_note_is_written_undone_and_stands_in_the_history(file: FileRobot) -> None:
    file.page.edit()
    dialog = file.dialog(NoteDialog)
    editor = dialog.form.fields["note"].editor
    assert isinstance(editor, QPlainTextEdit)
    editor.clear()
    file.qtbot.keyClicks(editor, "likes tea")
    file.qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    file.qtbot.waitUntil(lambda: file.page.overview._note.text() == "likes tea")
    file.settle()
    told = file.open_tab("history")
    assert isinstance(told, HistoryTab)
    assert told.changes.rows.rowCount() == 1
    assert told.changes.rows.cell(0, 1).text == "Edit note"
    file.desk.undo()
    file.qtbot.waitUntil(lambda: file.page.overview._note.text() != "likes tea")
    file.settle()


def test_a_wrong_reading_is_refused_beside_the_field(file: FileRobot) -> None:
    file.page.correct_reading()
    dialog = file.dialog(ReadingDialog)
    field = dialog.form.fields["pinyin"].editor
    assert isinstance(field, QLineEdit)
    field.clear()
    file.qtbot.keyClicks(field, "12")
    file.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    file.qtbot.waitUntil(lambda: dialog.form.fields["pinyin"].error.isVisible())
    dialog.reject()
    file.settle()


def test_do_not_contact_ends_care_after_a_question(file: FileRobot) -> None:
    file.page.set_status(ClientStatus.DO_NOT_CONTACT)
    question = file.dialog(QDialog)
    yes = next(button for button in question.findChildren(QPushButton) if button.text() == "Set status")
    file.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    file.qtbot.waitUntil(lambda: file.page.head._rank.text() == "Do not contact")
    file.settle()
    assert file.page.head._score.text() == "–"
    file.desk.undo()
    file.qtbot.waitUntil(lambda: file.page.head._rank.text().startswith("Rank "))
    file.settle()


def test_what_if_says_the_score_after_a_call(file: FileRobot) -> None:
    receipt = file.page.overview.receipt
    ask = next(button for button in receipt.findChildren(QPushButton) if button.text() == "What if I call today?")
    file.qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    file.qtbot.waitUntil(lambda: receipt._answer.text().startswith("After a call today: "))
    file.settle()


def test_all_of_a_prospect_is_edited(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    client = store.perform(AddProspect(Details("欧阳新", phone="13800001111"))).result
    file = FileRobot(qtbot, desk, client)
    file.page.edit()
    dialog = file.dialog(ClientDialog)
    field = dialog.form.fields["occupation"].editor
    assert isinstance(field, QLineEdit)
    phone = dialog.form.fields["phone"].editor
    assert isinstance(phone, QLineEdit)
    assert phone.text() == "13800001111"
    typed(qtbot, field, "画家")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: file.page.header is not None and file.page.header.occupation == "画家")
    file.settle()


def test_a_client_that_is_gone_is_said(qtbot: QtBot, desk: WindowDesk) -> None:
    desk.go("client", client=99999)
    page = desk.window.page()
    assert page is not None
    qtbot.waitUntil(lambda: page.showing_notice and not desk.tasks.running)
    assert "no longer" in page.notice.accessibleName() or "not in the portfolio" in page.notice.accessibleName()


@pytest.mark.parametrize("tab", [tab.name for tab in TABS if tab.load is not None])
def test_no_part_of_a_file_is_a_window_of_its_own(qtbot: QtBot, desk: WindowDesk, windows: list[str], tab: str) -> None:
    FileRobot(qtbot, desk, 1).open_tab(tab)
    assert windows == []


def test_the_timeline_is_narrowed_to_one_kind_and_leads_to_its_tab(file: FileRobot) -> None:
    timeline = file.page.overview.timeline
    whole = len(timeline.view.events)
    file.qtbot.mouseClick(timeline.buttons["journals"], Qt.MouseButton.LeftButton)
    assert 0 < len(timeline.view.events) < whole
    assert {event.entity for event in timeline.view.events} == {"journal"}
    timeline.view.setFocus()
    timeline.view.setCurrentIndex(timeline.view.model().index(0, 0))
    file.qtbot.keyClick(timeline.view, Qt.Key.Key_Return)
    file.settle()
    file.qtbot.waitUntil(lambda: file.page.shown == "journals")
    file.page.show_tab("overview")
    file.qtbot.mouseClick(timeline.buttons["all"], Qt.MouseButton.LeftButton)
    assert len(timeline.view.events) == whole


def test_tabs_that_do_not_fit_are_in_a_menu_and_the_open_one_never_is(file: FileRobot) -> None:
    line = file.page.tabs
    line.setFixedWidth(420)
    file.qtbot.waitUntil(lambda: not line.buttons["history"].isVisible())
    shown = [button for button in line.buttons.values() if button.isVisible()]
    assert line.more.isVisible()
    assert all(button.width() >= button.sizeHint().width() for button in shown)
    tab = file.open_tab("history")
    assert file.page.stack.currentWidget() is tab
    assert line.buttons["history"].isVisible()
    line.setFixedWidth(4000)
    file.qtbot.waitUntil(lambda: all(button.isVisible() for button in line.buttons.values()))
    assert not line.more.isVisible()
