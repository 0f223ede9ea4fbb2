"""Knows the widgets of the Today page, so that its tests can speak of rows, keys and receipts."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from rmdesk.services.care.rows import CareItem, Step
from rmdesk.ui.care.snooze import SnoozeDialog
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.today.page import TodayPage
from rmdesk.ui.today.row import CareRow
from rmdesk.ui.visits.log_page import LogPage

F = TypeVar("F", bound=FormDialog)


class TodayRobot:
    """Acts on the Today page as a user does: with keys and clicks."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        desk.go("today")
        shown = desk.window.page()
        assert isinstance(shown, TodayPage)
        self.page = shown
        self.settle()

    def settle(self) -> None:
        """Until all is read and shown."""
        self.qtbot.waitUntil(lambda: not self.desk.tasks.running and self.page.day is not None and self._built())

    def _built(self) -> bool:
        assert self.page.day is not None
        return self.page.list.settled and len(self.page.list.rows()) == len(self.page.day.items)

    def items(self) -> list[CareItem]:
        """What the rows show, from top to bottom."""
        return [row.item for row in self.page.list.rows()]

    def names(self) -> list[str]:
        """The names on the list."""
        return [item.name for item in self.items()]

    def row(self, at: int) -> CareRow:
        """A row by its place."""
        return self.page.list.rows()[at]

    def focus(self, at: int) -> CareRow:
        """Put the keyboard on a row."""
        row = self.row(at)
        self.desk.window.activateWindow()
        self.qtbot.waitUntil(self.desk.window.isActiveWindow)
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self.qtbot.waitUntil(row.hasFocus)
        return row

    def focused(self) -> str:
        """Whose row has the keyboard."""
        return next((row.item.name for row in self.page.list.rows() if row.hasFocus()), "")

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, held)

    def place_of(self, step: Step) -> int:
        """Where the first row with this next step stands; the test cannot do without one."""
        return [item.action.step for item in self.items()].index(step)

    def form(self, kind: type[F]) -> F:
        """The form that is open."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, kind)
        return shown

    def log(self) -> LogPage:
        """The form of a visit, once it is there."""
        self.qtbot.waitUntil(lambda: isinstance(self.desk.window.page(), LogPage) and not self.desk.tasks.running)
        page = self.desk.window.page()
        assert isinstance(page, LogPage)
        return page

    def said(self) -> str:
        """What was said last in passing."""
        return self.desk.notices.all()[0].text

    def gone(self, name: str) -> None:
        """Wait until a client has left the list."""
        self.qtbot.waitUntil(lambda: self.desk.window.page() is self.page and name not in self.names())
        self.settle()

    def click(self, at: int, part: str) -> None:
        """Click on a part of a row: name, act, later, done, or the row itself."""
        row = self.row(at)
        self.page.list.ensureWidgetVisible(row)
        head = row.head
        if part == "row":
            place = head.rect().center()
            place.setX(8)
        elif part == "name":
            place = head._name_box.center().toPoint()
        else:
            place = head.boxes()[part].center().toPoint()
        self.qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=head.mapToParent(place))

    def receipt_points(self, at: int) -> list[float]:
        """The points of the lines of an open receipt."""
        panel = self.row(at).panel
        assert panel is not None
        return [float(line.points.replace("−", "-").replace("?", "0")) for line in panel.view.lines]

    def receipt_texts(self, at: int) -> list[str]:
        """Everything an open receipt says."""
        panel = self.row(at).panel
        assert panel is not None
        lines = [text for line in panel.view.lines for text in (line.said, line.told)]
        return [*lines, *(label.text() for label in panel.findChildren(QLabel))]

    def dialog(self) -> SnoozeDialog:
        """The question for a later day."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SnoozeDialog))
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, SnoozeDialog)
        return shown
