"""Knows the widgets of the import page, so that the tests can speak in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.ui.imports.page import CHECK, DONE, LOOK, START, ImportPage
from rmdesk.ui.shell.desk import WindowDesk

STEPS = {"start": START, "look": LOOK, "check": CHECK, "done": DONE}


class ImportRobot:
    """Drives the page as a user would."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        desk.go("imports")
        page = desk.window.page()
        assert isinstance(page, ImportPage)
        self.page = page
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.desk.tasks.running)

    def at(self, step: str) -> None:
        """Wait until the page shows this step."""
        self.qtbot.waitUntil(lambda: self.page._views.currentIndex() == STEPS[step], timeout=20_000)
        self.settle()

    def choose(self, *files: Path) -> None:
        """Choose files and wait until they can be looked at."""
        self.page.drop.take(list(files))
        self.at("look")
        self.qtbot.waitUntil(lambda: self.page.looking.preview.cells.rowCount() > 0)

    def press(self, button: QPushButton) -> None:
        """Click a button that can be clicked."""
        assert button.isVisible()
        assert button.isEnabled()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def check(self) -> None:
        """Go on to what would change."""
        self.press(self.page.to_check)
        self.at("check")

    def apply(self) -> None:
        """Import, and wait until it is done."""
        self.press(self.page.go_on)
        self.at("done")

    def mean(self, column: int, text: str) -> None:
        """Choose a meaning for a column from its menu."""
        menu = self.page.looking.preview.meanings.menu(column)
        for group in [menu, *(action.menu() for action in menu.actions() if action.menu() is not None)]:
            for action in group.actions():  # type: ignore[union-attr]
                if action.text() == text:
                    action.trigger()
                    return
        raise AssertionError(text)

    def tab(self, name: str) -> Any:
        """Show one list of consequences."""
        self.press(self.page.checked._tabs[name])
        return getattr(self.page.checked, name)

    def words(self, widget: QWidget | None = None) -> str:
        """All that can be read."""
        return "\n".join(one.text() for one in (widget or self.page).findChildren(QLabel) if one.isVisible())

    def buttons(self, text: str, widget: QWidget | None = None) -> list[QPushButton]:
        """The buttons with this text that can be seen."""
        return [
            one for one in (widget or self.page).findChildren(QPushButton) if one.text() == text and one.isVisible()
        ]
