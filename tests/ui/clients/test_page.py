"""The Clients page: filters, cells, order, views, and what is done with several clients."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from rmdesk.services.clients.filters import ClientFilter
from rmdesk.services.exports.rules import Wish
from rmdesk.services.store.store import Store
from rmdesk.ui.care.snooze import SnoozeDialog
from rmdesk.ui.clients.edit_dialog import ClientDialog
from rmdesk.ui.clients.export_dialog import Columns
from rmdesk.ui.clients.views import RenameViewDialog, SaveViewDialog
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.clients.robot import ClientsRobot, entry, typed


@pytest.fixture
def clients(qtbot: QtBot, desk: WindowDesk) -> ClientsRobot:
    return ClientsRobot(qtbot, desk)


def test_the_table_begins_with_the_highest_priority(clients: ClientsRobot) -> None:
    assert clients.count > 400
    scores = [clients.row(at).score for at in range(20)]
    assert all(score is not None for score in scores)
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    assert clients.table.sort == ("score", True)


def test_the_first_rows_come_with_their_ids_and_are_not_asked_for_again(clients: ClientsRobot) -> None:
    asked: list[tuple[int, ...]] = []
    clients.table.wanted.connect(asked.append)
    before = clients.page.found
    clients.page.reload()
    clients.qtbot.waitUntil(lambda: clients.page.found is not before)
    clients.settle()
    clients.page.grab()
    assert clients.row(0) is not None
    assert asked == []


def test_the_model_keeps_qt_s_promises(clients: ClientsRobot) -> None:
    tester = QAbstractItemModelTester(clients.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    clients.type("周")
    clients.page.filters.clear.click()
    clients.settle()
    assert tester.model() is clients.table.rows


def test_a_click_on_a_header_sorts_and_a_second_one_turns_it_around(clients: ClientsRobot) -> None:
    clients.click_header("aum")
    most = clients.row(0).aum_minor
    clients.click_header("aum")
    least = clients.row(0).aum_minor
    assert most is not None
    assert least is not None
    assert most > least
    last = clients.row(clients.count - 1)
    assert last.aum_minor is None  # unknown stays last either way


def test_typing_narrows_by_name_initials_and_number(clients: ClientsRobot) -> None:
    clients.type("zwm")
    assert clients.count >= 1
    row = clients.row(0)
    assert row.initials == "zwm"
    clients.type(row.number)
    assert clients.count == 1
    clients.type("nobody at all")
    assert clients.count == 0
    assert clients.page.nobody.isVisible()
    clients.qtbot.mouseClick(clients.page.nobody.button, Qt.MouseButton.LeftButton)
    clients.settle()
    assert clients.count > 400


def test_filters_are_chosen_in_menus_and_said_on_their_buttons(clients: ClientsRobot) -> None:
    bar = clients.page.filters
    clients.choose(bar.tier, "Private banking")
    assert bar.tier.accessibleName() == "Tier: Private banking"
    private = clients.count
    assert 0 < private < 100
    clients.choose(bar.quiet, "60 days or more")
    assert clients.count < private
    clients.choose(bar.quiet, "All")
    assert clients.count == private
    clients.qtbot.mouseClick(bar.clear, Qt.MouseButton.LeftButton)
    clients.settle()
    assert bar.chosen == ClientFilter()
    assert not bar.clear.isVisible()


def test_a_cell_of_the_map_filters_and_lets_go_again(clients: ClientsRobot) -> None:
    whole = clients.count
    cells = clients.page.map.cells
    clients.qtbot.mouseClick(cells["G2"], Qt.MouseButton.LeftButton)
    clients.settle()
    assert clients.count == cells["G2"].count
    assert "Develop" in clients.page.group.accessibleName()
    clients.qtbot.mouseClick(cells["G1"], Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    clients.settle()
    clients.qtbot.waitUntil(lambda: clients.count in (cells["G1"].count, cells["G1"].count + cells["G2"].count))
    for cell in [cell for cell in cells.values() if cell.isChecked()]:
        clients.qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
        clients.settle()
        if cell.isChecked():
            clients.qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
            clients.settle()
    assert clients.count == whole


def test_arrows_walk_the_map(clients: ClientsRobot) -> None:
    cells = clients.page.map.cells
    clients.desk.window.activateWindow()
    clients.qtbot.waitUntil(clients.desk.window.isActiveWindow)
    cells["G3"].setFocus()
    for key, group in (
        (Qt.Key.Key_Right, "G2"),
        (Qt.Key.Key_Down, "G5"),
        (Qt.Key.Key_Left, "G6"),
        (Qt.Key.Key_Left, "G6"),
    ):
        focused = next(cell for cell in cells.values() if cell.hasFocus())
        clients.qtbot.keyClick(focused, key)
        assert cells[group].hasFocus()


def test_a_view_is_saved_chosen_renamed_and_deleted(clients: ClientsRobot) -> None:
    page = clients.page
    clients.choose(page.filters.tier, "Private banking")
    clients.click_header("aum")
    narrowed = clients.count
    clients.choose(page.views, "Save this view…")
    dialog = clients.dialog(SaveViewDialog)
    field = dialog.form.fields["name"].editor
    assert isinstance(field, QLineEdit)
    clients.qtbot.keyClicks(field, "My best")
    clients.qtbot.keyClick(field, Qt.Key.Key_Return)
    clients.qtbot.waitUntil(lambda: [view.name for view in page.views.views] == ["My best"])
    clients.choose(page.views, "All clients")
    assert clients.count > narrowed
    clients.choose(page.views, "My best")
    assert clients.count == narrowed
    assert clients.table.sort == ("aum", True)
    clients.choose(page.views, "Rename the view “My best”…")
    naming = clients.dialog(RenameViewDialog)
    clients.qtbot.keyClicks(naming.form.editor("name", QLineEdit), "Private ones")  # the old name is selected
    clients.qtbot.keyClick(naming, Qt.Key.Key_Return)
    clients.qtbot.waitUntil(lambda: [view.name for view in page.views.views] == ["Private ones"])
    clients.settle()
    assert page.views.current is not None
    assert page.views.current.name == "Private ones"
    clients.choose(page.views, "Delete the view “Private ones”")
    clients.qtbot.waitUntil(lambda: not page.views.views)


def test_the_status_of_several_is_set_after_a_question_and_undone(clients: ClientsRobot, store: Store) -> None:
    whole = clients.count
    chosen = clients.select(0, 2)
    assert len(chosen) == 3
    entry(clients.page.bulk.set_status.menu(), "Do not contact").trigger()
    question = clients.dialog(QDialog)
    assert "Set the status of 3 clients?" in [label.text() for label in question.findChildren(QLabel)]
    yes = next(button for button in question.findChildren(QPushButton) if button.text() == "Set status")
    clients.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    clients.qtbot.waitUntil(lambda: clients.count == whole - 3)
    clients.settle()
    clients.desk.undo()
    clients.qtbot.waitUntil(lambda: clients.count == whole)
    clients.settle()
    kept = store.read(lambda reads: reads.value("SELECT count(*) FROM client WHERE kept LIKE '%status%'"))
    assert kept == 0


def test_several_are_put_off_in_one_step(clients: ClientsRobot, store: Store) -> None:
    chosen = clients.select(0, 3)
    clients.page.snooze()
    clients.qtbot.keyClick(clients.dialog(SnoozeDialog), Qt.Key.Key_Return)

    def marked() -> list[int]:
        return store.read(lambda reads: [row[0] for row in reads.rows("SELECT client_id FROM care_mark ORDER BY id")])

    clients.qtbot.waitUntil(lambda: set(chosen) <= set(marked()))
    clients.settle()
    clients.desk.undo()
    clients.qtbot.waitUntil(lambda: not set(chosen) & set(marked()))
    clients.settle()


def test_copied_rows_are_on_the_clipboard_and_on_record(clients: ClientsRobot, store: Store) -> None:
    clients.select(0, 1)
    names = [clients.row(0).name, clients.row(1).name]
    QGuiApplication.clipboard().clear()
    clients.qtbot.mouseClick(clients.page.bulk.to_copy, Qt.MouseButton.LeftButton)
    clients.qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["Name", "Tier"]
    assert [line.split("\t")[0] for line in lines[1:]] == names
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM change WHERE command = 'NoteRowsCopied'")) == 1


def test_an_export_writes_all_that_is_found_with_the_columns_chosen(clients: ClientsRobot, tmp_path: Path) -> None:
    clients.choose(clients.page.filters.tier, "Private banking")
    clients.page.outgoing.export()
    dialog = clients.dialog(ExportDialog)
    wanted = dialog.findChild(Columns)
    assert isinstance(wanted, Columns)
    assert "phone" not in wanted.keys
    dialog.forms["csv"].click()
    assert dialog.chosen == "csv"
    dialog.reject()
    path = tmp_path / "out.csv"
    assert clients.page.found is not None
    wish = Wish("clients", "csv", "the branch audit")
    clients.page.outgoing.save(path, wish, clients.page.found.ids, ("name", "tier", "aum"))
    clients.qtbot.waitUntil(path.exists)
    clients.settle()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Name", "Tier", "AUM"]
    assert len(rows) == clients.count + 3
    assert {row[1] for row in rows[1:-2]} == {"Private banking"}


def fill(clients: ClientsRobot, dialog: ClientDialog, **texts: str) -> None:
    for name, text in texts.items():
        field = dialog.form.fields[name].editor
        assert isinstance(field, QLineEdit)
        field.clear()
        typed(clients.qtbot, field, text)


def test_a_new_client_is_refused_beside_the_field_then_kept(clients: ClientsRobot, store: Store) -> None:
    whole = clients.count
    clients.page.new_client()
    dialog = clients.dialog(ClientDialog)
    fill(clients, dialog, name="欧阳新", phone="12")
    clients.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    error = dialog.form.fields["phone"].error
    clients.qtbot.waitUntil(lambda: bool(error.text()))
    assert error.text() == "This is not a phone number."
    fill(clients, dialog, phone="13800001111")
    clients.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    clients.qtbot.waitUntil(lambda: clients.count == whole + 1)
    clients.settle()
    row = store.read(lambda reads: reads.one("SELECT initials, origin FROM client WHERE name = '欧阳新'"))
    assert row == ("oyx", "desk")


def test_who_may_be_there_already_is_named(clients: ClientsRobot) -> None:
    known = clients.row(0)
    clients.page.new_client()
    dialog = clients.dialog(ClientDialog)
    fill(clients, dialog, name=known.name)
    clients.qtbot.waitUntil(lambda: any(known.number in label.text() for label in dialog.findChildren(QLabel)))
    dialog.reject()
    clients.settle()


def test_enter_opens_the_file_of_the_current_row(clients: ClientsRobot) -> None:
    (client, *_more) = clients.select(1, 1)
    clients.qtbot.keyClick(clients.table, Qt.Key.Key_Return)
    clients.qtbot.waitUntil(lambda: getattr(clients.desk.window.page(), "client", None) == client)
    clients.qtbot.waitUntil(lambda: not clients.desk.tasks.running)


def test_a_small_window_leaves_a_column_out_and_forgets_nothing(clients: ClientsRobot) -> None:
    clients.desk.window.resize(1440, 900)
    clients.qtbot.waitUntil(lambda: "familiarity" in [column.key for column in clients.table.shown_columns()])
    clients.desk.window.resize(1180, 720)
    clients.qtbot.waitUntil(lambda: "familiarity" not in [column.key for column in clients.table.shown_columns()])
    clients.desk.window.resize(1440, 900)
    clients.qtbot.waitUntil(lambda: "familiarity" in [column.key for column in clients.table.shown_columns()])
