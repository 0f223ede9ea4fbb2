"""What a manager sees of reviews: the line on Today, the record with the word, an addendum instead of an edit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, RecordId, Word
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.services.team import words
from rmdesk.services.visits.commands import RemoveVisit
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.team.record_dialog import RecordDialog
from rmdesk.ui.today.cards import EntryLine
from rmdesk.ui.today.page import TodayPage
from rmdesk.ui.visits.log_page import LogPage
from rmdesk.ui.visits.page import VisitsPage
from tests.services.team import arrange
from tests.ui.clients.robot import dialog


@pytest.fixture
def reviewed(store: Store) -> dict[str, str]:
    """An approved visit and one that was given back; then a manager sits here again."""
    client = ClientId(arrange.client(store))
    arrange.be_lead(store)
    made = {name: arrange.visit(store, client, name) for name in ("approved", "returned")}
    arrange.review(store, "visit", made["approved"])
    arrange.review(store, "visit", made["returned"], Word.RETURNED, "amount is missing")
    store.perform(ChangeSetting("general.role", "manager"))
    return made


def rest(qtbot: QtBot, desk: WindowDesk) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_what_was_given_back_is_on_today_and_opens_with_the_word(
    qtbot: QtBot, desk: WindowDesk, reviewed: dict[str, str]
) -> None:
    desk.go("today")
    page = desk.window.page()
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: bool(page.agenda.findChildren(EntryLine)))
    (line,) = page.agenda.findChildren(EntryLine)
    assert "amount is missing" in line.accessibleName()
    assert line.entry.record == ("visit", reviewed["returned"])
    page.open_entry(line.entry)
    found = dialog(qtbot, RecordDialog)
    qtbot.waitUntil(lambda: found.log is not None and found.amend.isVisible())
    qtbot.mouseClick(found.amend, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desk.window.page(), LogPage))
    rest(qtbot, desk)


def test_the_log_says_what_the_lead_said(qtbot: QtBot, desk: WindowDesk, reviewed: dict[str, str]) -> None:
    desk.go("visits", tab="log")
    page = desk.window.page()
    assert isinstance(page, VisitsPage)
    table = page.log.board.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 2)

    def chips() -> set[str]:
        return {table.rows.index(row, at).data() for row in range(2) for at in range(table.rows.columnCount())}

    qtbot.waitUntil(lambda: {"Passed", "Given back"} <= chips())


def test_a_sealed_visit_takes_an_addendum_instead(
    qtbot: QtBot, desk: WindowDesk, store: Store, reviewed: dict[str, str]
) -> None:
    desk.go("visits")
    desk.ask("visit", visit=reviewed["approved"])
    found = dialog(qtbot, RecordDialog)
    qtbot.waitUntil(lambda: found.log is not None)
    assert not found.amend.isVisible()
    editor = found.form.fields["text"].editor
    assert isinstance(editor, QPlainTextEdit)
    qtbot.keyClicks(editor, "called the next day")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(store.read(words.addenda_of, "visit", reviewed["approved"])))
    rest(qtbot, desk)


def test_an_edit_that_is_too_late_goes_into_the_addendum(
    qtbot: QtBot, desk: WindowDesk, store: Store, reviewed: dict[str, str]
) -> None:
    desk.go("visits")
    desk.ask("visit", visit=reviewed["returned"])
    page = desk.window.page()
    assert isinstance(page, LogPage)
    qtbot.waitUntil(lambda: page.visit is not None)
    page.form.content.setPlainText("the amount is 5000")
    store.perform(ChangeSetting("general.role", "lead"))
    arrange.review(store, "visit", reviewed["returned"])
    page.save()
    found = dialog(qtbot, RecordDialog)
    editor = found.form.fields["text"].editor
    assert isinstance(editor, QPlainTextEdit)
    assert editor.toPlainText() == "the amount is 5000"
    assert not isinstance(desk.window.page(), LogPage)
    found.reject()
    rest(qtbot, desk)


def test_the_navigation_shows_the_page_to_leads_alone(qtbot: QtBot, desk: WindowDesk) -> None:
    nav = desk.window.nav
    (item,) = [one for one in nav.items if one.route.name == "team"]
    assert item.isHidden()
    nav.show_lead(True)
    assert not item.isHidden()
    nav.show_lead(False)
    last = next(one for one in nav.items if one.route.name == "journals")
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Down)
    assert not item.hasFocus()


def test_any_refusal_of_the_seal_offers_an_addendum(
    qtbot: QtBot, desk: WindowDesk, store: Store, reviewed: dict[str, str]
) -> None:
    desk.perform(RemoveVisit(RecordId(reviewed["approved"]))).failed.connect(desk.tell)
    toast = desk.window.toast
    qtbot.waitUntil(lambda: toast.isVisible() and toast.button.isVisible())
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    dialog(qtbot, RecordDialog).reject()
    rest(qtbot, desk)
