"""The calendar by keyboard and mouse: months, weeks and the list, kinds, the chosen day, and what its buttons do."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from rmdesk.base import text
from rmdesk.base.text import plural
from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.services.calendar import queries
from rmdesk.services.calendar.rows import EntryKind
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.exports.rules import Wish
from rmdesk.services.store.store import Store
from rmdesk.ui.calendar import day_side, shown
from rmdesk.ui.calendar.export_dialog import ExportDialog
from rmdesk.ui.calendar.page import LIST, MONTH, WEEK, CalendarPage
from rmdesk.ui.occasions.greet_dialog import GreetDialog
from rmdesk.ui.shell.desk import WindowDesk
from tests.conftest import TODAY
from tests.ui.answering import open_dialog

D = TypeVar("D", bound=QDialog)


class Robot:
    """Knows the widgets of the calendar."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        desk.go("calendar")
        page = desk.window.page()
        assert isinstance(page, CalendarPage)
        self.page = page
        self.settle()

    def settle(self) -> None:
        """Wait until everything asked for is shown."""
        self.qtbot.waitUntil(
            lambda: not self.desk.tasks.running and not self.page.stale and self.page._read == self.page.span
        )

    def press(self, key: Qt.Key) -> None:
        shown = self.page.stack.currentWidget()
        assert shown is not None
        self.qtbot.keyClick(shown, key)
        self.settle()

    def click(self, name: str) -> None:
        """Press a button of the page by its text."""
        for button in self.page.findChildren(QPushButton):
            if button.text().strip() == name and button.isVisible():
                self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
                self.settle()
                return
        raise AssertionError(name)

    def side(self) -> list[str]:
        """The names of what stands beside the calendar can be done with."""
        return [one.accessibleName() for one in self.page.side.findChildren(QPushButton) if one.isVisibleTo(self.page)]


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> Robot:
    return Robot(qtbot, desk)


def test_the_month_shows_what_falls_on_its_days(robot: Robot, store: Store) -> None:
    page = robot.page
    assert (page.view, page.day) == (MONTH, TODAY)
    assert page.span == (date(2026, 10, 26), date(2026, 12, 6))
    expected = store.read(queries.entries, *page.span)
    drawn = [one for day in range(42) for one in page.month.of_day(page.span[0] + timedelta(day))]
    assert [one for one in drawn if one.kind is not EntryKind.PREPARE] == list(expected)
    assert {one.kind for one in drawn} >= {EntryKind.VISIT, EntryKind.BIRTHDAY, EntryKind.PREPARE, EntryKind.MATURITY}
    assert page.card.head.text() == "November 2026"
    robot.qtbot.waitUntil(lambda: page.month.painted)
    assert page.month.drawn


def test_keys_move_through_days_weeks_and_months(robot: Robot) -> None:
    page = robot.page
    steps: list[tuple[Qt.Key, date]] = [
        (Qt.Key.Key_Right, date(2026, 11, 22)), (Qt.Key.Key_Down, date(2026, 11, 29)),
        (Qt.Key.Key_PageDown, date(2026, 12, 29)), (Qt.Key.Key_Up, date(2026, 12, 22)),
        (Qt.Key.Key_PageUp, date(2026, 11, 22)), (Qt.Key.Key_Left, TODAY),
        (Qt.Key.Key_PageUp, date(2026, 10, 21)), (Qt.Key.Key_T, TODAY),
        (Qt.Key.Key_PageDown, date(2026, 12, 21)), (Qt.Key.Key_Home, TODAY),
    ]  # fmt: skip
    for key, day in steps:
        robot.press(key)
        assert page.day == page.week.day == day
        assert page.month.accessibleName().startswith(f"{day:%a} {day.day}")
    assert page.shown.count


def test_a_click_on_a_day_shows_it_beside(robot: Robot, store: Store) -> None:
    page, day = robot.page, date(2026, 11, 24)
    robot.qtbot.mouseClick(page.month, Qt.MouseButton.LeftButton, pos=page.month.place_of(day))
    assert page.day == day
    assert page.side.head.text() == "Tue 24 November"
    names = [one.name for one in store.read(queries.entries, day, day) if one.due is not None]
    assert names
    robot.qtbot.waitUntil(lambda: set(robot.side()) >= {f"Greet: {name}" for name in names})
    assert "lunar 10/16" in page.side.about.text()


def test_the_week_and_the_list(robot: Robot) -> None:
    page = robot.page
    robot.click("Week")
    assert (page.view, page.span) == (WEEK, (date(2026, 11, 16), date(2026, 11, 22)))
    page.week.grab()
    robot.press(Qt.Key.Key_PageDown)
    assert page.span[0] == date(2026, 11, 23)
    robot.click("List")
    assert page.view == LIST
    QAbstractItemModelTester(page.list.rows)
    assert page.list.rows.rowCount() == page.shown.count
    robot.qtbot.keyClick(page.list, Qt.Key.Key_End)
    line = page.list.line()
    assert line is not None
    assert page.side.head.text().endswith(f"{line.on.day} {'December' if line.on.month == 12 else 'November'}")
    robot.click("Month")
    assert page.view == MONTH


def test_the_rest_of_a_crowded_day_is_read_when_asked_for(
    robot: Robot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = robot.page
    whole = store.read(queries.days, TODAY, TODAY + timedelta(30))
    day = max(whole.counts, key=lambda day: whole.counts[day])
    of_day = [one for one in whole.entries if one.on == day]
    monkeypatch.setattr(shown, "MOST_OF_DAY", 2)
    robot.click("List")
    page.mark_stale()
    robot.settle()
    assert page.shown.counts == whole.counts
    last = next(line for line in page.list._lines if line.on == day and line.entry is None)
    assert last.more == len(of_day) - 2
    page.list.select_id(last.number)
    robot.press(Qt.Key.Key_Return)
    assert [line.entry for line in page.list._lines if line.on == day] == of_day
    page.move_to(day + timedelta(1))
    robot.settle()
    assert all(len(entries) <= 2 for entries in page.shown.by_day.values())


def test_the_day_beside_grows_by_what_is_asked_for(robot: Robot, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    page = robot.page
    whole = store.read(queries.days, *page.span)
    day = max(whole.counts, key=lambda day: whole.counts[day])
    of_day = [one for one in whole.entries if one.on == day]
    monkeypatch.setattr(shown, "MOST_OF_DAY", 2)
    monkeypatch.setattr(day_side, "MOST", 2)
    page.move_to(day + timedelta(1))
    page.mark_stale()
    robot.settle()
    page.move_to(day)
    for built in range(2, len(of_day), 2):
        robot.qtbot.waitUntil(lambda: page.side._more is not None and page.side._more.isVisible())
        assert page.side._built == of_day[:built]
        robot.click(plural("and {count} more entry", "and {count} more entries", len(of_day) - built))
    robot.qtbot.waitUntil(lambda: page.side._built == of_day)
    assert page.side._more is None


def test_kinds_are_hidden_and_stay_so(robot: Robot, qtbot: QtBot, desk: WindowDesk) -> None:
    page = robot.page
    robot.click("Birthdays")
    assert EntryKind.BIRTHDAY in page.hidden
    shown_days = [page.month.of_day(page.span[0] + timedelta(day)) for day in range(42)]
    assert all(one.kind is not EntryKind.BIRTHDAY for day in shown_days for one in day)
    desk.rebuild()
    again = desk.window.page()
    assert isinstance(again, CalendarPage)
    assert again.hidden == {EntryKind.BIRTHDAY}
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_everything_hidden_is_an_empty_list_with_advice(robot: Robot) -> None:
    robot.click("List")
    for kind in EntryKind:
        robot.page._filter(kind, False)
    robot.settle()
    assert robot.page.stack.currentWidget() is robot.page.nothing


def test_holidays_and_festivals_are_named(robot: Robot) -> None:
    page = robot.page
    text.use("zh_CN")
    page.move_to(date(2026, 10, 1))
    robot.settle()
    assert "国庆节放假" in page.side.about.text()
    assert "国庆" in page.side.about.text()
    page.move_to(date(2026, 10, 10))
    assert "调休上班" in page.side.about.text()
    page.move_to(date(2027, 2, 6))
    robot.settle()
    assert "春节" in page.side.about.text()
    assert page.note.isVisible()  # the schedule of 2027 is not published


def test_who_may_not_be_contacted_leaves_the_calendar_at_once(robot: Robot, desk: WindowDesk) -> None:
    page = robot.page
    day = date(2026, 11, 24)
    page.move_to(day)
    entry = next(one for one in page.month.of_day(day) if one.due is not None)
    assert entry.client is not None
    desk.perform(SetStatus((ClientId(entry.client),), ClientStatus.DO_NOT_CONTACT))
    robot.qtbot.waitUntil(
        lambda: all(one.client != entry.client for one in chain.from_iterable(page.shown.by_day.values()))
    )
    robot.settle()


def test_greeting_from_the_day(robot: Robot, qtbot: QtBot, store: Store) -> None:
    page, day = robot.page, date(2026, 11, 24)
    page.move_to(day)
    entry = next(one for one in page.month.of_day(day) if one.due is not None and not one.done)
    greet = f"Greet: {entry.name}"
    qtbot.waitUntil(lambda: greet in robot.side())
    button = next(one for one in page.side.findChildren(QPushButton) if one.accessibleName() == greet)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = open_dialog(qtbot, GreetDialog)
    assert not dialog.answer.isEnabled()
    assert not dialog.copied.isEnabled()
    qtbot.keyClicks(dialog.editor, " See you soon.")
    assert dialog.answer.isEnabled()
    dialog.copy()
    assert QApplication.clipboard().text().endswith("See you soon.")
    qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(one.client == entry.client and one.done for one in page.month.of_day(day)))
    robot.settle()
    assert f"Greet: {entry.name}" not in robot.side()
    sent = store.read(lambda reads: reads.value('SELECT text FROM greeting ORDER BY "on" DESC, id DESC LIMIT 1'))
    assert sent.endswith("See you soon.")


def test_a_double_click_opens_the_file(robot: Robot, qtbot: QtBot, desk: WindowDesk) -> None:
    grid = robot.page.month

    def somebody() -> QPoint:
        qtbot.waitUntil(lambda: grid.painted)
        return QPoint(next(one for one in grid.drawn if one.entry.client is not None).box.center().toPoint())

    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=somebody())
    robot.settle()
    qtbot.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=somebody())
    qtbot.waitUntil(lambda: desk.window.page() is not robot.page)


def test_a_year_outside_the_calendar_is_not_entered(robot: Robot) -> None:
    robot.page.move_to(date(1899, 12, 31))
    assert robot.page.day == TODAY


def test_export_writes_the_days_asked_for(robot: Robot, qtbot: QtBot, store: Store, tmp_path: Path) -> None:
    robot.page.export()
    dialog = open_dialog(qtbot, ExportDialog)
    dialog.form.fill(first=TODAY, last=date(2026, 11, 1))
    dialog.choose()
    assert dialog.form.fields["last"].error.text() == "The last day lies before the first."
    dialog.form.fill(last=date(2026, 12, 1))
    path = tmp_path / "days.ics"
    dialog.save(path, Wish("calendar", "ics", "my own calendar"), *dialog.days())
    qtbot.waitUntil(path.exists)
    robot.settle()
    written = path.read_text(encoding="utf-8")
    assert written.count("BEGIN:VEVENT") == written.count("BEGIN:VALARM") > 5
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM export_record WHERE what = 'calendar'")) == 1


def test_a_gift_for_a_birthday_of_the_bank_says_which_it_is(
    robot: Robot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = store.read(queries.entries, TODAY, TODAY + timedelta(60))
    own = next(one for one in found if one.due is not None and one.due.occasion is not None)
    bank = next(one for one in found if one.due is not None and one.due.occasion is None)
    assert own.due is not None
    assert bank.due is not None
    asked: list[object] = []
    monkeypatch.setattr(robot.desk, "ask", lambda form, **filled: asked.append((form, filled)))
    for entry in (own, bank):
        robot.page.side.gift.emit(entry)
    assert asked == [
        ("gift", {"client": own.client, "occasion": own.due.occasion}),
        ("gift", {"client": bank.client, "occasion": f"{bank.due.kind} {bank.due.on.isoformat()}"}),
    ]
