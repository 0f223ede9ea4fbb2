"""Done from the list: the form that fits, filled in; saved, the row goes and the score is told; left, all stays."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rmdesk.base.record import replace
from rmdesk.models.kinds import CareMarkKind, ClientId
from rmdesk.services.care import openings
from rmdesk.services.care.queries import marks_of
from rmdesk.services.care.rows import Step
from rmdesk.services.complaints.queries import complaints_of
from rmdesk.services.store.store import Store
from rmdesk.services.visits.ledger import promises
from rmdesk.services.visits.queries import planned, visits_of
from rmdesk.ui.complaints.dialogs import CloseDialog
from rmdesk.ui.complaints.settle_dialog import SettleDialog
from rmdesk.ui.gifts.gift_dialog import GiftDialog
from rmdesk.ui.occasions.greet_dialog import GreetDialog
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.today.cards import EntryLine
from rmdesk.ui.visits.dialogs import PlanDialog
from rmdesk.ui.visits.keep_dialog import KeepDialog
from rmdesk.ui.visits.log_page import LogPage
from tests.conftest import TODAY
from tests.ui.today.robot import TodayRobot

CONTROL = Qt.KeyboardModifier.ControlModifier
CHANGE = re.compile(r"· \d+\.\d → \d+\.\d$")


@pytest.fixture
def today(qtbot: QtBot, desk: WindowDesk) -> TodayRobot:
    return TodayRobot(qtbot, desk)


def test_a_visit_is_logged_from_its_row_with_channel_and_purpose(today: TodayRobot, store: Store) -> None:
    at = today.place_of(Step.RENEW)
    item = today.items()[at]
    before = len(store.read(visits_of, item.client))
    today.click(at, "act")
    page = today.log()
    assert page.form.client.client == item.client
    assert page.form.channel.answer() == "phone"
    assert page.form.lines["purpose"].text().startswith("Renewal: ")
    today.qtbot.keyClicks(page.form.content, "renews half of it")
    today.qtbot.keyClick(page.form.content, Qt.Key.Key_Return, CONTROL)
    today.gone(item.name)
    assert CHANGE.search(today.said())
    assert today.said().startswith(item.name)
    assert len(store.read(visits_of, item.client)) == before + 1
    assert [(mark.client, mark.kind) for mark in store.read(marks_of, TODAY)] == [(item.client, CareMarkKind.DONE)]
    today.desk.undo()
    today.qtbot.waitUntil(lambda: item.name in today.names())
    today.settle()
    assert len(store.read(visits_of, item.client)) == before
    assert store.read(marks_of, TODAY) == ()


def test_leaving_the_log_changes_nothing(today: TodayRobot, store: Store) -> None:
    at, names = today.place_of(Step.RENEW), today.names()
    today.focus(at)
    today.press(Qt.Key.Key_D)
    today.log()
    today.desk.back()
    today.qtbot.waitUntil(lambda: today.desk.window.page() is today.page)
    today.settle()
    assert today.names() == names
    assert store.read(marks_of, TODAY) == ()


def test_a_log_begun_elsewhere_later_marks_nobody(today: TodayRobot, store: Store) -> None:
    item = today.items()[today.place_of(Step.RENEW)]
    today.click(today.place_of(Step.RENEW), "done")
    today.log()
    today.desk.back()
    today.desk.ask("visit", client=item.client)
    page = today.log()
    page.form.content.setPlainText("only a note")
    page.save()
    today.qtbot.waitUntil(lambda: not isinstance(today.desk.window.page(), LogPage))
    today.settle()
    assert store.read(marks_of, TODAY) == ()


def test_a_promise_is_kept_from_its_row(today: TodayRobot, store: Store) -> None:
    at = today.place_of(Step.KEEP)
    item = today.items()[at]
    open_before = store.read(promises, item.client)
    today.click(at, "done")
    dialog = today.form(KeepDialog)
    assert dialog.form.value("promise0") is True
    dialog.submit()
    today.gone(item.name)
    assert len(store.read(promises, item.client)) == len(open_before) - 1
    assert today.said().endswith("promise kept")  # nothing more than that: the score reads as before
    today.desk.undo()
    today.qtbot.waitUntil(lambda: item.name in today.names())
    today.settle()
    assert store.read(promises, item.client) == open_before


def test_keeping_no_promise_is_refused_and_escape_changes_nothing(today: TodayRobot, store: Store) -> None:
    names = today.names()
    today.click(today.place_of(Step.KEEP), "act")
    dialog = today.form(KeepDialog)
    dialog.form.fill(**dict.fromkeys(dialog._promises, False))
    dialog.submit()
    assert dialog.trouble.text() == "No promise is ticked. Tick the ones you kept."
    today.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    today.settle()
    assert today.names() == names
    assert store.read(marks_of, TODAY) == ()


def test_a_complaint_gets_its_step_or_is_closed(today: TodayRobot, store: Store) -> None:
    at = today.place_of(Step.RESOLVE)
    item = today.items()[at]
    today.click(at, "done")
    settle = today.form(SettleDialog)
    today.qtbot.mouseClick(settle.closing, Qt.MouseButton.LeftButton)
    dialog = today.form(CloseDialog)
    solution = dialog.form.fields["solution"].editor
    assert isinstance(solution, QPlainTextEdit)
    today.qtbot.keyClicks(solution, "fee refunded")
    dialog.submit()
    today.gone(item.name)
    assert CHANGE.search(today.said())
    assert any(not one.open and one.solution == "fee refunded" for one in store.read(complaints_of, item.client))


def test_a_line_of_the_agenda_opens_the_log_of_its_visit(today: TodayRobot) -> None:
    lines = today.page.agenda.findChildren(EntryLine)
    line = next(line for line in lines if line.entry.visit is not None)
    today.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    page = today.log()
    today.qtbot.waitUntil(lambda: page.visit is not None)
    assert page.visit is not None
    assert (page.visit.id, page.visit.client) == (line.entry.visit, ClientId(line.entry.client))


def test_who_is_put_off_is_a_quiet_line_with_a_way_back(today: TodayRobot, store: Store) -> None:
    first = today.names()[0]
    today.focus(0)
    today.press(Qt.Key.Key_S)
    dialog = today.dialog()
    dialog.reason.setEditText("Abroad until March")
    dialog.accept()
    today.gone(first)
    put_off = today.page.list.put_off()
    assert put_off is not None
    assert not put_off.shown
    today.qtbot.mouseClick(put_off.toggle, Qt.MouseButton.LeftButton)
    assert put_off.shown
    back = put_off.backs[0]
    assert back.accessibleName() == f"Put {first} back on the list"
    today.focus(0)
    today.press(Qt.Key.Key_S)
    again = today.dialog()
    today.qtbot.waitUntil(lambda: again.reason.currentText() == "Abroad until March")
    again.reject()
    today.qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    today.qtbot.waitUntil(lambda: first in today.names())
    today.settle()
    assert store.read(marks_of, TODAY) == ()


def test_a_card_is_prepared_with_a_gift_or_greeted_for(today: TodayRobot, store: Store) -> None:
    at = today.place_of(Step.CARD)
    item = today.items()[at]
    opening = store.read(openings.opening, item)
    assert opening.day is not None
    today.page.open_form(item, replace(opening, form="greet"))
    dialog = today.form(GreetDialog)
    assert (dialog.start.client, dialog.start.day) == (item.client, opening.day)
    editor = dialog.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    today.qtbot.keyClicks(editor, " See you on Friday.")
    today.qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    today.gone(item.name)
    assert CHANGE.search(today.said())
    before, after = (float(number) for number in re.findall(r"\d+\.\d", today.said())[-2:])
    assert after < before
    today.desk.undo()
    today.qtbot.waitUntil(lambda: item.name in today.names())
    today.settle()


def test_the_gift_form_opens_with_the_occasion(today: TodayRobot, store: Store) -> None:
    item = today.items()[today.place_of(Step.CARD)]
    opening = store.read(openings.opening, item)
    today.page.open_form(item, replace(opening, form="gift"))
    dialog = today.form(GiftDialog)
    today.qtbot.waitUntil(lambda: not today.desk.tasks.running)
    assert dialog.form.value("client") == item.client
    dialog.reject()
    today.settle()
    assert item.name in today.names()


def test_a_planned_meeting_takes_the_row_off(today: TodayRobot, store: Store) -> None:
    at = today.place_of(Step.MEET)
    item = today.items()[at]
    before = len(store.read(planned, item.client))
    today.click(at, "act")
    dialog = today.form(PlanDialog)
    assert dialog.client.client == item.client
    dialog.submit()
    today.gone(item.name)
    assert len(store.read(planned, item.client)) == before + 1


def test_the_menu_offers_done_with_and_without_a_record(today: TodayRobot) -> None:
    row = today.row(0)
    row.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
    menu = row.findChild(QMenu)
    assert menu is not None
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    assert texts[1:3] == ["Done…", "Done without a record"]
    name = row.item.name
    menu.actions()[2].trigger()
    menu.close()
    today.gone(name)
    assert today.said() == f"{name}: done"
