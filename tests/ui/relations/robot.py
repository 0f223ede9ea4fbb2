"""Knows the widgets of the tab with the people around a client."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId
from rmdesk.services.store.store import Store
from rmdesk.ui.clients.file_page import ClientPage
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.relations.tab import RelationsTab
from rmdesk.ui.shell.desk import WindowDesk

D = TypeVar("D", bound=QDialog)
MIDDLE = "周文敏"
PATIENCE = 30_000  # milliseconds


class RelationsRobot:
    """Acts on the tab as a user does."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
        self.qtbot, self.desk, self.store = qtbot, desk, store
        self.client = self.number(MIDDLE)
        self.go(self.client)

    def number(self, name: str) -> ClientId:
        """The client of a name."""
        return ClientId(self.store.read(lambda reads: reads.value("SELECT id FROM client WHERE name = ?", (name,))))

    def go(self, client: ClientId) -> None:
        """Open the tab of a client."""
        self.desk.go("client", client=client, tab="relations")
        page = self.desk.window.page()
        assert isinstance(page, ClientPage)
        tab = page.tab("relations")
        assert isinstance(tab, RelationsTab)
        self.tab = tab
        self.until(lambda: tab.client == client and tab.told is not None)
        self.settle()

    def until(self, so: Callable[[], object]) -> None:
        """Wait for something; a machine may be busy with other tests."""
        self.qtbot.waitUntil(lambda: bool(so()), timeout=PATIENCE)

    def settle(self) -> None:
        """Until all is read and shown."""
        self.until(lambda: not self.desk.tasks.running and not self.tab.stale and not self.tab.building)

    def listed(self) -> list[tuple[str, str]]:
        """The rows of the list: role and name."""
        rows = self.tab.table.rows
        return [(rows.cell(at, 0).text, rows.cell(at, 1).text) for at in range(rows.rowCount())]

    def press(self, within: QWidget, text: str) -> None:
        """Click on a button by its text or name, once it is seen."""
        found: list[QPushButton] = []

        def seen() -> bool:
            found[:] = [
                button
                for button in within.findChildren(QPushButton)
                if text in (button.text(), button.accessibleName()) and button.isVisibleTo(within)
            ]
            return bool(found)

        self.until(seen)
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def dialog(self, kind: type[D]) -> D:
        """The dialog that is open."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        return found

    def type(self, dialog: FormDialog, name: str, text: str) -> None:
        """Type into a field; a client is taken with Enter."""
        field = dialog.form.fields[name].editor
        assert isinstance(field, QLineEdit)
        field.setFocus()
        if isinstance(field, ClientField):
            field.setText(text)
            field.textEdited.emit(text)
            self.until(lambda: self.desk.index is not None)
            field.textEdited.emit(text)
            self.qtbot.keyClick(field, Qt.Key.Key_Return)
            return
        field.setText(text)
        field.textEdited.emit(text)

    def choose(self, dialog: FormDialog, name: str, value: str) -> None:
        """Choose from a box."""
        box = dialog.form.fields[name].editor
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(value))

    def answer(self, dialog: FormDialog) -> None:
        """Click on the answer, and wait for what comes of it."""
        self.qtbot.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
        self.until(lambda: not self.desk.tasks.running)
