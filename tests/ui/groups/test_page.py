"""The page of group clients by real events: lights, a deal weighed at the table, members and exposures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId
from rmdesk.services.groups import queries
from rmdesk.services.groups.rules import Light
from rmdesk.services.store.store import Store
from rmdesk.ui.groups.credit_dialogs import CapitalDialog
from rmdesk.ui.groups.dialogs import MemberDialog
from rmdesk.ui.groups.page import GroupsPage
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.clients.robot import FileRobot, dialog, typed

PATIENCE = 20_000


def press(qtbot: QtBot, where: QWidget, text: str) -> None:
    """Click a button by its text."""

    def found() -> list[Button]:
        return [one for one in where.findChildren(Button) if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE)
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def test_a_group_is_weighed_changed_and_told_of_newer_capital(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    rows = store.read(queries.groups)
    desk.go("groups", entity="credit_party", key=store.read(lambda reads: reads.value(
        "SELECT id FROM credit_party WHERE name = '青石种业合作社'")))  # fmt: skip
    page = desk.window.page()
    assert isinstance(page, GroupsPage)
    view = page.group
    qtbot.waitUntil(lambda: view.found is not None and view.found.id == rows[1].id, timeout=PATIENCE)
    assert page.groups.rows.rowCount() == 2

    # A deal at the table: no store, no saving.
    before = store.read(lambda reads: reads.value("SELECT count(*) FROM exposure"))
    typed(qtbot, view.draft.amount, "7亿")
    assert "Red" in view.draft.light.text()
    view.draft.amount.clear()
    typed(qtbot, view.draft.amount, "abc")
    assert view.draft.wrong.isVisible()
    assert not view.draft.keep.isEnabled()
    view.draft.amount.clear()
    typed(qtbot, view.draft.amount, "500万")
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM exposure")) == before
    qtbot.mouseClick(view.draft.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: view.found is not None and [one.draft for one in view.found.exposures].count(True) == 1,
        timeout=PATIENCE,
    )

    # A member below the top, and a newer capital figure: green again.
    view.tree.select_id(int(view.found.nodes[0].member[-12:], 16))  # type: ignore[union-attr]
    press(qtbot, view, "Add a member under it")
    asking = dialog(qtbot, MemberDialog)
    name, under = asking.form.fields["who_name"].editor, asking.form.fields["under"].editor
    assert isinstance(name, QLineEdit)
    assert isinstance(under, QComboBox)
    assert under.currentText() == view.found.nodes[0].name  # type: ignore[union-attr]
    typed(qtbot, name, "青禾贸易")
    qtbot.mouseClick(asking.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.tree.rows.rowCount() == 4, timeout=PATIENCE)
    press(qtbot, view, "Enter capital figure")
    capital = dialog(qtbot, CapitalDialog)
    on = capital.form.fields["on"].editor
    assert isinstance(on, DayField)
    on.setText("2026-09-30")
    for field, text in (("net", "43亿"), ("tier1", "37亿")):
        editor = capital.form.fields[field].editor
        assert isinstance(editor, QLineEdit)
        typed(qtbot, editor, text)
    qtbot.mouseClick(capital.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: store.read(queries.groups)[1].standing.light is Light.GREEN, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not desk.tasks.running and not page._soon.isActive(), timeout=PATIENCE)
    desk.undo()
    qtbot.waitUntil(lambda: store.read(queries.groups)[1].standing.light is Light.WATCH, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not desk.tasks.running and not page._soon.isActive(), timeout=PATIENCE)


def test_the_file_of_a_member_leads_to_its_group(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    client = store.read(lambda reads: reads.value("SELECT min(client_id) FROM credit_party"))
    file = FileRobot(qtbot, desk, ClientId(client))
    tab = file.open_tab("holdings")
    (name,) = [name for _group, name in store.read(queries.groups_of, ClientId(client))]
    press(qtbot, tab, name)
    qtbot.waitUntil(lambda: isinstance(desk.window.page(), GroupsPage), timeout=PATIENCE)
    page = desk.window.page()
    assert isinstance(page, GroupsPage)
    qtbot.waitUntil(lambda: page.group.found is not None and page.group.found.name == name, timeout=PATIENCE)
    file.settle()
