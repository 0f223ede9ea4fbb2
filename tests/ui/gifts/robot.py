"""Knows the widgets of the Gifts page and its forms."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, GiftState
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.ui.gifts.dialogs import open_gift
from rmdesk.ui.gifts.gift_dialog import GiftDialog
from rmdesk.ui.gifts.page import GiftsPage
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from tests.ui.clients.robot import dialog, typed
from tests.ui.robot import PATIENCE, PageRobot

D = TypeVar("D", bound=QDialog)


class GiftsRobot(PageRobot[GiftsPage]):
    """Acts on the register, too."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        super().__init__(qtbot, desk, "gifts", GiftsPage)
        qtbot.waitUntil(lambda: bool(self.page.rows), timeout=PATIENCE)
        self.settle()

    def busy(self) -> bool:
        return super().busy() or self.page.filters._typing.isActive()

    def first(self, state: GiftState) -> GiftRow:
        """The first gift of a state."""
        return next(row for row in self.page.rows if row.state is state)

    def select(self, gift: GiftRow) -> None:
        """Click on a gift in the table."""
        table = self.page.register.table
        row = table.rows.row_of(gift.number)
        table.scrollTo(table.rows.index(row, 0))
        place = table.visualRect(table.rows.index(row, 0)).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert self.page.register.selected() is not None

    def steps(self) -> list[str]:
        """What is offered under the table."""
        return [button.text() for button in self.page.register.steps.findChildren(Button) if button.isVisible()]

    def dialog(self, kind: type[D]) -> D:
        """The dialog that is open."""
        return dialog(self.qtbot, kind)


def opened(qtbot: QtBot, desk: WindowDesk, client: ClientId | None = None, **filled: Any) -> GiftForm:
    """The form, opened over the page. A dialog belongs to the window that is active, so that one must be the desk's."""
    desk.go("gifts")
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk.window, timeout=PATIENCE)
    open_gift(desk, client, **filled)
    return GiftForm(qtbot, desk)


class GiftForm:
    """Acts on the form of a gift."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.dialog = dialog(qtbot, GiftDialog)
        if self.dialog._client.client is not None:
            self.wait()

    def wait(self) -> None:
        """Until the gates know what they look at."""
        self.qtbot.waitUntil(
            lambda: self.dialog.facts is not None and not self.desk.tasks.running and not self.dialog._look.isActive(),
            timeout=PATIENCE,
        )

    def write(self, field: str, text: str) -> None:
        """Type into a field, in place of what stands there."""
        editor = self.dialog.form.fields[field].editor
        self.qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClick(editor, Qt.Key.Key_Delete)
        typed(self.qtbot, editor, text)

    def says(self, gate: str) -> str:
        """The verdict of a gate."""
        return self.dialog.gates.lines[gate].verdict.text()

    def error(self, field: str) -> str:
        """What is wrong, beside a field."""
        shown = self.dialog.form.fields[field].error
        return shown.text() if shown.isVisible() else ""

    def submit(self) -> None:
        """Answer with Ctrl+Enter."""
        title = self.dialog.form.fields["title"].editor
        self.qtbot.keyClick(title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
