"""The Reports page by real events: choose, read, give out; and reports that make themselves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.base import clock
from rmdesk.services.documents import Picture
from rmdesk.services.reports import queries
from rmdesk.services.reports.parts import Kind, Who
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.ui.kit import fonts
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.reports.page import ReportsPage
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.reporting import Reporting
from rmdesk.ui.today.page import TodayPage
from tests.ui.answering import answer, printing
from tests.ui.robot import PATIENCE, PageRobot


class ReportsRobot(PageRobot[ReportsPage]):
    """Knows what is chosen, too."""

    def click(self, where: QWidget) -> None:
        """Press it, and wait for what follows."""
        self.qtbot.mouseClick(where, Qt.MouseButton.LeftButton)
        self.settle()

    def choose(self, kind: Kind) -> None:
        """Choose a kind by the keyboard, as its text may be wider than the page."""
        self.page.choosing.radios[kind].setFocus()
        self.qtbot.keyClick(self.page.choosing.radios[kind], Qt.Key.Key_Space)
        self.settle()

    @property
    def kind(self) -> Kind | None:
        """The report that is shown."""
        return None if self.page.view.report is None else self.page.view.report.kind


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> ReportsRobot:
    if not fonts.has_chinese():
        pytest.skip("no font with Chinese characters on this computer")
    return ReportsRobot(qtbot, desk, "reports", ReportsPage)


def test_a_report_is_chosen_read_and_its_days_are_changed(robot: ReportsRobot) -> None:
    page, choosing = robot.page, robot.page.choosing
    assert robot.kind is Kind.WEEKLY  # the last week is made at once
    assert not choosing.radios[Kind.TEAM].isVisible()  # for leads alone
    robot.choose(Kind.MONTHLY)
    assert robot.kind is Kind.MONTHLY
    document = page.view.document
    assert document is not None
    assert any(isinstance(block, Picture) for block in document.blocks)
    assert "2026-10-01" in page.view.sheet.toPlainText()
    choosing.first.set_day(date(2026, 9, 1))
    choosing.last.set_day(date(2026, 9, 30))
    robot.click(choosing.make_button)
    assert "2026-09-01 – 2026-09-30" in page.view.sheet.toPlainText()
    choosing.last.set_day(date(2026, 8, 30))
    robot.click(choosing.make_button)
    assert choosing.form.fields["to"].error.isVisible()


def test_a_book_of_the_highest_tier_and_the_briefs_of_a_day(robot: ReportsRobot) -> None:
    robot.choose(Kind.BOOK)
    report = robot.page.view.report
    assert report is not None
    assert len(report.sections) == len(report.part("clients").rows) > 5
    robot.choose(Kind.BRIEFS)
    assert robot.kind is Kind.BRIEFS
    chosen = tuple(int(row[0].client) for row in report.part("clients").rows[:3] if isinstance(row[0], Who))
    robot.desk.go("reports", kind="book", clients=chosen)
    robot.settle()
    book = robot.page.view.report
    assert book is not None
    assert len(book.sections) == 3


def test_a_report_goes_out_as_a_workbook_through_the_one_door(
    robot: ReportsRobot, qtbot: QtBot, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from python_calamine import CalamineWorkbook

    target = tmp_path / "week.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    view = robot.page.view
    view.save()
    (asked,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible()]
    asked.forms["xlsx"].setChecked(True)
    with qtbot.waitSignal(view.saved, timeout=PATIENCE):
        answer(qtbot)
    robot.settle()
    assert CalamineWorkbook.from_path(str(target)).sheet_names[1:]
    rows = store.read(lambda reads: reads.rows("SELECT what, form FROM export_record"))
    assert rows == [("report", "xlsx")]


def test_a_due_report_makes_itself_and_is_told_on_today(robot: ReportsRobot, qtbot: QtBot, store: Store) -> None:
    desk, reporting = robot.desk, Reporting(robot.desk)
    reporting.look()
    robot.settle()
    assert store.read(queries.made) == ()  # nobody asked for it
    store.perform(ChangeSetting("reports.weekly", True))
    clock.fix(date(2026, 11, 23))  # Monday
    reporting.look()
    qtbot.waitUntil(lambda: len(store.read(queries.unread)) == 1, timeout=PATIENCE)
    (row,) = store.read(queries.made)
    assert (row.kind, row.first, row.last) == ("weekly", date(2026, 11, 16), date(2026, 11, 22))
    reporting.look()
    robot.settle()
    assert len(store.read(queries.made)) == 1  # once
    reporting.ended()
    desk.go("today")
    today = desk.window.page()
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(today.ready.isVisible, timeout=PATIENCE)
    assert "11-16 – 11-22" in today.ready.text()
    qtbot.mouseClick(today.ready, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not store.read(queries.unread), timeout=PATIENCE)
    robot.settle()
    report = robot.page.view.report
    assert report is not None
    assert (report.first, report.last) == (row.first, row.last)


def test_printing_asks_what_for_and_for_a_printer_and_is_on_record(
    robot: ReportsRobot, qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = printing(monkeypatch)
    qtbot.mouseClick(robot.page.view.print_button, Qt.MouseButton.LeftButton)
    answer(qtbot)
    qtbot.waitUntil(lambda: bool(printed), timeout=PATIENCE)
    robot.settle()
    assert "the branch audit" in printed[0]
    assert store.read(lambda reads: reads.rows("SELECT what, form FROM export_record")) == [("report", "print")]
