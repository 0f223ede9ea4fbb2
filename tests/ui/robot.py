"""What every robot of a page can do: go there, wait until all is shown, press what is read on a button."""

from __future__ import annotations

from typing import Generic, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk

PATIENCE = 20_000
P = TypeVar("P", bound=Page)


class PageRobot(Generic[P]):
    """Acts on one page as a user does."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk, name: str, kind: type[P]) -> None:
        self.qtbot, self.desk = qtbot, desk
        desk.go(name)
        shown = desk.window.page()
        assert isinstance(shown, kind)
        self.page: P = shown
        self.settle()

    def busy(self) -> bool:
        """Whether something is read or built."""
        page = self.page
        return self.desk.tasks.running or page._soon.isActive() or page.stale or page.building

    def settle(self) -> None:
        """Until all is read and shown."""
        self.qtbot.waitUntil(lambda: not self.busy(), timeout=PATIENCE)

    def press(self, where: QWidget, text: str) -> None:
        """Press a button by its text."""

        def found() -> list[Button]:
            return [one for one in where.findChildren(Button) if one.text() == text and one.isVisible()]

        try:
            self.qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE)
        except self.qtbot.TimeoutError:
            seen = [(one.text(), one.isVisible()) for one in where.findChildren(Button)]
            pytest.fail(f"no button {text!r} among {seen}")
        self.qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def settle(qtbot: QtBot, desk: WindowDesk) -> None:
    """Until nothing is read or written, and what came of it has been heard."""
    qtbot.wait(1)
    qtbot.waitUntil(lambda: not desk.tasks.running)
