"""The Journals page, its forms and the tab of a client's file, by real events."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId
from rmdesk.services.journals import queries
from rmdesk.services.journals.commands import Entry, WriteJournal
from rmdesk.services.store.store import Store
from rmdesk.ui.journals.dialogs import CardDialog, CloseDialog, JournalDialog
from rmdesk.ui.journals.page import JournalsPage
from rmdesk.ui.journals.tab import JournalsTab
from rmdesk.ui.kit.document_dialog import DocumentDialog
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.clients.robot import FileRobot, dialog, typed


def shown(qtbot: QtBot, desk: WindowDesk) -> JournalsPage:
    desk.go("journals")
    page = desk.window.page()
    assert isinstance(page, JournalsPage)
    qtbot.waitUntil(lambda: page._week is not None and not desk.tasks.running)
    return page


def test_a_journal_is_written_with_content_and_method_and_undone(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    page = shown(qtbot, desk)
    before = len(page.list.events)
    desk.ask("journal")
    form = dialog(qtbot, JournalDialog)
    editor, method = form.form.fields["content"].editor, form.form.fields["method"].editor
    assert isinstance(method, QComboBox)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: form.form.fields["content"].error.isVisible())
    typed(qtbot, editor, "茶叙半小时")
    qtbot.keyClick(method, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.list.events) == before + 1)
    newest = store.read(queries.journals)[0]
    assert (newest.content, newest.method, newest.on) == ("茶叙半小时", "tea", clock.today())
    desk.undo()
    qtbot.waitUntil(lambda: len(page.list.events) == before)


def test_the_weeks_close_asks_one_journal_after_the_other(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    store.perform(WriteJournal(Entry(clock.today(), "电话", "call")))
    page = shown(qtbot, desk)
    assert page._week is not None
    left = len(page._week.unfinished)
    qtbot.waitUntil(page.go_on.isVisible)
    qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    form = dialog(qtbot, CloseDialog)
    for name in ("insight", "reflection"):
        editor = form.form.fields[name].editor
        assert isinstance(editor, QPlainTextEdit)
        editor.clear()
        typed(qtbot, editor, "先问健康")
    qtbot.mouseClick(form.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._week is not None and len(page._week.unfinished) == left - 1)


def test_a_card_shows_what_it_will_say_while_one_types(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    client = ClientId(1)
    name = store.read(lambda reads: str(reads.value("SELECT name FROM client WHERE id = 1")))
    key = store.perform(WriteJournal(Entry(clock.today(), "谈得很好", "tea", "先谈收藏", clients=(client,)))).result
    journal = store.read(queries.journal, key)
    assert journal is not None
    form = CardDialog(desk, journal)
    qtbot.addWidget(form)
    form.open()
    qtbot.waitUntil(lambda: bool(form._facts.names))
    typed(qtbot, form.form.fields["title"].editor, f"请{name}喝茶")
    assert name not in form.kept.text()
    assert form.kept.text().startswith("请〔客户〕喝茶")
    qtbot.mouseClick(form.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not desk.tasks.running and not form.isVisible())
    assert name not in "".join(card.title + card.text for card in store.read(queries.cards))


def test_the_playbook_and_a_roll_up_are_shown(qtbot: QtBot, desk: WindowDesk) -> None:
    page = shown(qtbot, desk)
    qtbot.mouseClick(page.views.button(1), Qt.MouseButton.LeftButton)
    assert page.list.events
    assert "Used" in page.list.events[0].title.said
    action = next(one for one in page.offers if one.name == "roll_up")
    action.run(page)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.actions()[2].trigger()
    menu.close()
    made = dialog(qtbot, DocumentDialog)
    made.reject()
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_the_tab_of_a_client_shows_the_journals_about_them(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    store.perform(WriteJournal(Entry(clock.today(), "谈得很好", "tea", clients=(ClientId(300),))))
    file = FileRobot(qtbot, desk, 300)
    tab = file.open_tab("journals")
    assert isinstance(tab, JournalsTab)
    qtbot.waitUntil(lambda: tab.card.note.text() != "")
    assert file.page.tabs.buttons["journals"].text() == f"Journals {tab.card.note.text()}"
