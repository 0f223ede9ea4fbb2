"""Knows the widgets of the Clients page and of a client's file."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.services.clients.table_rows import ClientRow
from rmdesk.ui.clients.file_page import ClientPage
from rmdesk.ui.clients.filter_bar import FilterButton
from rmdesk.ui.clients.page import ClientsPage
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk

PATIENCE = 60_000  # milliseconds; a portfolio of 100,000 takes a moment on a busy machine

D = TypeVar("D", bound=QDialog)


class ClientsRobot:
    """Acts on the Clients page as a user does."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        desk.go("clients")
        shown = desk.window.page()
        assert isinstance(shown, ClientsPage)
        self.page = shown
        self.table = shown.table
        qtbot.waitUntil(lambda: self.page.found is not None, timeout=PATIENCE)
        self.settle()

    def settle(self) -> None:
        """Until all is read and shown."""
        self.qtbot.waitUntil(
            lambda: not self.desk.tasks.running and not self.page.filters._typing.isActive(), timeout=PATIENCE
        )

    @property
    def count(self) -> int:
        """How many clients are in the table."""
        return self.table.rows.rowCount()

    def row(self, at: int) -> ClientRow:
        """What is known of a row."""
        number = self.table.rows.id_at(at)
        self.table.scrollTo(self.table.rows.index(at, 0))
        self.qtbot.waitUntil(lambda: self.table.rows.known(number) is not None)
        known = self.table.rows.known(number)
        assert known is not None
        return known

    def select(self, first: int, last: int) -> tuple[int, ...]:
        """Click on a row, and with Shift on another."""
        for at, keys in ((first, Qt.KeyboardModifier.NoModifier), (last, Qt.KeyboardModifier.ShiftModifier)):
            index = self.table.rows.index(at, 0)
            self.table.scrollTo(index)
            place = self.table.visualRect(index).center()
            self.qtbot.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, keys, place)
        return self.page.selected()

    def click_header(self, key: str) -> None:
        """Sort by a column."""
        keys = [column.key for column in self.table.rows.columns]
        header = self.table.horizontalHeader()
        place = header.sectionViewportPosition(keys.index(key)) + 12
        middle = header.viewport().rect().center()
        middle.setX(place)
        self.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        self.settle()

    def choose(self, button: FilterButton | Button, text: str) -> None:
        """Open the menu of a button and choose an entry."""
        menu = button.menu()
        menu.aboutToShow.emit()  # without a screen, a menu that is really open can't grab the keyboard
        entry(menu, text).trigger()
        self.settle()

    def type(self, text: str) -> None:
        """Type into the field above the table."""
        self.page.filters.field.clear()
        typed(self.qtbot, self.page.filters.field, text)
        self.settle()

    def dialog(self, kind: type[D]) -> D:
        """The dialog that is open."""
        return dialog(self.qtbot, kind)


class FileRobot:
    """Acts on the file of a client."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk, client: int) -> None:
        self.qtbot, self.desk = qtbot, desk
        desk.go("client", client=client)
        shown = desk.window.page()
        assert isinstance(shown, ClientPage)
        self.page = shown
        qtbot.waitUntil(lambda: self.page.header is not None and self.page.header.id == client)
        self.settle()

    def settle(self) -> None:
        """Until all is read and shown."""
        self.qtbot.waitUntil(lambda: not self.desk.tasks.running and not self._waits())

    def open_tab(self, name: str) -> FileTab:
        """Click on a tab, and wait until it shows the client."""
        line = self.page.tabs
        if line.buttons[name].isVisible():
            self.qtbot.mouseClick(line.buttons[name], Qt.MouseButton.LeftButton)
        else:  # for want of room
            line.rest.aboutToShow.emit()
            entry(line.rest, line.buttons[name].text()).trigger()
        self.settle()
        shown = self.page.made[name]
        assert self.page.stack.currentWidget() is shown
        return shown

    def _waits(self) -> bool:
        return any(page._soon.isActive() or page.building for page in (self.page, *self.page.made.values()))

    def dialog(self, kind: type[D]) -> D:
        """The dialog that is open."""
        return dialog(self.qtbot, kind)


def typed(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Type a text: Latin letters by keys, others as an input method commits them."""
    if text.isascii():
        qtbot.keyClicks(widget, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)


def entry(menu: QMenu, text: str) -> QAction:
    """An entry of a menu by its text."""
    return next(action for action in menu.actions() if action.text() == text)


def dialog(qtbot: QtBot, kind: type[D]) -> D:
    """The dialog that is open, of this kind."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, kind)
    return shown
