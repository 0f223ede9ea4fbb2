"""The tab of complaints and its forms, by real events."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId, FeedbackKind
from rmdesk.services.complaints import queries
from rmdesk.services.complaints.commands import Details, RegisterComplaint
from rmdesk.services.complaints.feedback import NoteFeedback
from rmdesk.services.satisfaction.queries import answers_of
from rmdesk.services.store.store import Store
from rmdesk.ui.complaints.dialogs import CloseDialog, ComplaintDialog
from rmdesk.ui.complaints.satisfaction_dialog import SatisfactionDialog
from rmdesk.ui.complaints.tab import ComplaintsTab
from rmdesk.ui.kit import format
from rmdesk.ui.kit.widgets import Button, Chip
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.clients.robot import FileRobot, typed

CLIENT = ClientId(300)  # of the demo: nobody complained


@pytest.fixture
def file(qtbot: QtBot, desk: WindowDesk) -> FileRobot:
    return FileRobot(qtbot, desk, CLIENT)


def press(file: FileRobot, where: QWidget, text: str) -> None:
    def found() -> list[Button]:
        return [one for one in where.findChildren(Button) if one.text() == text and one.isVisible()]

    file.qtbot.waitUntil(lambda: bool(found()))
    file.qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def chips(tab: QWidget) -> list[str]:
    return [chip.text() for chip in tab.findChildren(Chip) if chip.isVisible()]


def test_a_complaint_is_taken_down_with_the_keyboard_and_undone(file: FileRobot, store: Store) -> None:
    tab = file.open_tab("complaints")
    assert isinstance(tab, ComplaintsTab)
    press(file, tab.complaints, "Register complaint")
    dialog = file.dialog(ComplaintDialog)
    editor = dialog.form.fields["text"].editor
    assert isinstance(editor, QPlainTextEdit)
    file.qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    file.qtbot.waitUntil(lambda: dialog.form.fields["text"].error.isVisible())
    typed(file.qtbot, editor, "短信太多")
    file.qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    file.qtbot.waitUntil(lambda: any(text.startswith("day 0 of 15") for text in chips(tab)))
    file.settle()
    assert store.read(queries.complaints_of, CLIENT)[0].text == "短信太多"
    assert file.page.tabs.buttons["complaints"].text() == "Complaints, feedback 1"
    file.desk.undo()
    file.qtbot.waitUntil(lambda: not any(text.startswith("day ") for text in chips(tab)))
    file.settle()


def test_a_complaint_is_closed_with_solution_and_verdict(file: FileRobot, store: Store) -> None:
    store.perform(RegisterComplaint(CLIENT, Details("排队太久", 600, clock.today() - timedelta(40))))
    tab = file.open_tab("complaints")
    file.qtbot.waitUntil(lambda: any(text.startswith("late since") for text in chips(tab)))
    press(file, tab, "Close")
    dialog = file.dialog(CloseDialog)
    editor, verdict = (dialog.form.fields[name].editor for name in ("solution", "verdict"))
    assert isinstance(verdict, QComboBox)
    typed(file.qtbot, editor, "已加开窗口")
    file.qtbot.keyClick(verdict, Qt.Key.Key_Down)
    file.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    file.qtbot.waitUntil(lambda: "Accepted" in chips(tab))
    file.settle()
    press(file, tab, "Reopen")
    file.qtbot.waitUntil(lambda: any(text.startswith("late since") for text in chips(tab)))
    file.settle()


def test_feedback_is_marked_valuable_and_taken_away(file: FileRobot, store: Store) -> None:
    store.perform(NoteFeedback(CLIENT, FeedbackKind.SUGGESTION, "建议放老花镜", clock.today()))
    tab = file.open_tab("complaints")
    assert isinstance(tab, ComplaintsTab)
    press(file, tab.feedback, "Valuable")
    file.qtbot.waitUntil(lambda: store.read(queries.feedback_of, CLIENT)[0].valued)
    file.settle()
    press(file, tab.feedback, "Remove")
    file.qtbot.waitUntil(lambda: not store.read(queries.feedback_of, CLIENT))
    file.settle()
    file.desk.undo()
    file.qtbot.waitUntil(lambda: [one.valued for one in store.read(queries.feedback_of, CLIENT)] == [True])
    file.settle()


def test_an_answer_needs_one_of_the_two_and_is_taken_away(file: FileRobot, store: Store) -> None:
    before = len(store.read(answers_of, CLIENT))
    file.desk.ask("satisfaction", client=CLIENT)
    dialog = file.dialog(SatisfactionDialog)
    csat = dialog.form.fields["csat"].editor
    assert isinstance(csat, QComboBox)
    file.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    file.qtbot.waitUntil(lambda: dialog.form.fields["csat"].error.isVisible())
    file.qtbot.keyClick(csat, Qt.Key.Key_Down)
    file.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    file.qtbot.waitUntil(lambda: len(store.read(answers_of, CLIENT)) == before + 1)
    file.settle()
    made = store.read(answers_of, CLIENT)[0]
    assert made.csat == 5
    tab = file.open_tab("complaints")
    assert isinstance(tab, ComplaintsTab)
    name = f"Remove the answer of {format.day(made.on)}"
    away = next(one for one in tab.satisfaction.findChildren(Button) if one.accessibleName() == name)
    file.qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    file.qtbot.waitUntil(lambda: len(store.read(answers_of, CLIENT)) == before)
    file.settle()
    file.desk.undo()
    file.qtbot.waitUntil(lambda: made in store.read(answers_of, CLIENT))
    file.settle()
