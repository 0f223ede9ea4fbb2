"""The Churn page by real events: warnings, a case from its cause to its end, what the cases teach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, WinBack
from rmdesk.services.churn import at_risk, cases, lessons
from rmdesk.services.store.store import Store
from rmdesk.ui.churn.dialogs import CauseDialog, CloseDialog, OpenDialog, StepDialog
from rmdesk.ui.churn.page import ChurnPage
from rmdesk.ui.churn.tab import ChurnTab
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.losses import Losses
from tests.ui.clients.robot import FileRobot, dialog, typed
from tests.ui.robot import PATIENCE, PageRobot


class ChurnRobot(PageRobot[ChurnPage]):
    """Chooses a case, too."""

    def choose(self, at: int) -> cases.CaseRow:
        """Select a case by its place."""
        table = self.page.cases
        place = table.visualRect(table.rows.index(at, 0)).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.settle()
        found = self.page.case.found
        assert found is not None
        return found.case


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> ChurnRobot:
    return ChurnRobot(qtbot, desk, "churn", ChurnPage)


def test_warnings_cases_and_lead_times_are_shown_and_lead_to_the_client(robot: ChurnRobot, store: Store) -> None:
    page = robot.page
    warned = store.read(at_risk.warnings)
    assert page.warnings.rows.rowCount() == warned.count > 10
    assert page._tabs.button(0).text() == f"Warnings {warned.count}"
    robot.press(page, "Lead times")
    assert page.lessons.rows.rowCount() == len(store.read(lessons.lead_times)) > 0
    robot.press(page, "Warnings " + str(warned.count))
    robot.qtbot.keyClick(page.warnings, Qt.Key.Key_Home)
    page.warnings.select_id(int(warned.rows[0].client))
    robot.qtbot.keyClick(page.warnings, Qt.Key.Key_Return)
    robot.qtbot.waitUntil(lambda: robot.desk.window.page() is not page, timeout=PATIENCE)


def test_a_case_goes_from_its_cause_to_its_end_and_back(robot: ChurnRobot, store: Store) -> None:
    page = robot.page
    robot.desk.go("churn", view="cases")
    fresh = next(at for at, one in enumerate(store.read(cases.cases)) if one.open and not one.cause)
    case = robot.choose(fresh)
    robot.press(page.case, "Close churn case")
    closing = dialog(robot.qtbot, CloseDialog)
    box = closing.form.fields["outcome"].editor
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(WinBack.LOST))
    robot.qtbot.mouseClick(closing.answer, Qt.MouseButton.LeftButton)
    robot.qtbot.waitUntil(closing.trouble.isVisible, timeout=PATIENCE)
    assert "cause" in closing.trouble.text()
    closing.reject()
    robot.press(page.case, "Note the cause")
    asking = dialog(robot.qtbot, CauseDialog)
    cause, note = asking.form.fields["cause"].editor, asking.form.fields["note"].editor
    assert isinstance(cause, QComboBox)
    assert isinstance(note, QPlainTextEdit)
    assert asking.form.value("signal")  # the first missed one is chosen
    cause.setCurrentIndex(cause.findData("contact"))
    typed(robot.qtbot, note, "太久没有联系")
    robot.qtbot.mouseClick(asking.answer, Qt.MouseButton.LeftButton)
    robot.settle()
    robot.press(page.case, "Note a win-back step")
    step = dialog(robot.qtbot, StepDialog)
    offered = step.form.fields["text"].editor
    assert isinstance(offered, QComboBox)
    offered.setCurrentIndex(1)
    robot.qtbot.mouseClick(step.answer, Qt.MouseButton.LeftButton)
    robot.settle()
    robot.press(page.case, "Close churn case")
    closing = dialog(robot.qtbot, CloseDialog)
    robot.qtbot.mouseClick(closing.answer, Qt.MouseButton.LeftButton)
    robot.settle()
    found = store.read(cases.case_of, case.id)
    assert found is not None
    assert (found.case.cause, found.case.note, found.case.outcome, found.case.steps) == (
        "contact", "太久没有联系", WinBack.WON, case.steps + 1,
    )  # fmt: skip
    robot.desk.undo()
    robot.qtbot.waitUntil(
        lambda: any(one.id == case.id and one.open for one in store.read(cases.cases)), timeout=PATIENCE
    )
    robot.settle()


def test_a_case_is_opened_by_hand_in_the_client_file(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    file = FileRobot(qtbot, desk, ClientId(300))
    tab = file.open_tab("churn")
    assert isinstance(tab, ChurnTab)
    qtbot.waitUntil(lambda: tab.none.isVisible(), timeout=PATIENCE)
    qtbot.mouseClick(tab.none.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(file.dialog(OpenDialog).answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.case.isVisible(), timeout=PATIENCE)
    assert [one.open for one in store.read(cases.cases, ClientId(300))] == [True]
    file.settle()


def test_cases_open_by_themselves_and_say_so(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    from tests.support.build import perform

    before = len(store.read(cases.cases))
    perform(
        store, lambda work: work.bulk("UPDATE account SET closed_on = '2026-11-01' WHERE client_id = 300", topics=())
    )
    perform(store, lambda work: work.bulk("DELETE FROM holding WHERE client_id = 300", topics=()))
    looking = Losses(desk)
    looking.look()
    qtbot.waitUntil(lambda: len(store.read(cases.cases)) == before + 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "lost" in desk.window.toast.text.text())
    looking.look()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
    assert len(store.read(cases.cases)) == before + 1
    looking.ended()
