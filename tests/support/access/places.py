"""Leads through everything there is to see: gates, pages with their parts, the tabs of a client's file, forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.ui.clients.tabs import TABS
from rmdesk.ui.kit.page import Page
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.forms import FORMS
from rmdesk.ui.shell.routes import ROUTES
from tests.support import build, team
from tests.support.access import ways

PATIENCE = 20_000
Look = Callable[[str, QWidget], object]


class Places:
    """`look(name, widget)` is called with each place once it has come to rest."""

    def __init__(self, desk: WindowDesk, qtbot: QtBot, look: Look) -> None:
        self.desk, self.qtbot, self.look = desk, qtbot, look
        self.seen: list[str] = []
        assert desk.tasks.store is not None
        self.store: Store = desk.tasks.store
        self.asked = self.store.read(ways.asked)

    def all(self) -> None:
        """Everything."""
        self.pages()
        self.tabs()
        self.forms()
        self.gates()

    def prepare(self) -> None:
        """A lead's desk in a team, with a difference that waits; the frame is seen before, too."""
        frame = self.desk.window
        frame.status.show_demo(on=True)
        self._see("frame: offline", frame)
        frame.nav.show_user("欧阳文静", "团队负责人 · 城中支行营业部")
        self.store.perform(ChangeSetting("general.role", "lead"))
        team.join(self.store)
        build.perform(self.store, ways.differ)

    def pages(self) -> None:
        """Every page, with each of its parts."""
        for route in ROUTES:
            self.desk.go(route.name, **({"client": self.asked["client"]} if route.name == "client" else {}))
            page = self._rested()
            self._see(route.name, page)
            if route.name != "client":
                self._parts(route.name, page)
        self._see("frame", self.desk.window)

    def tabs(self) -> None:
        """Every tab of a client's file."""
        for tab in TABS[1:]:
            self.desk.go("client", client=self.asked["client"], tab=tab.name)
            self._see(f"client: {tab.name}", self._rested())

    def forms(self) -> None:
        """Every form that can be asked for; some are a page."""
        for name in FORMS:
            self.desk.ask(name, **ways.filled(name, self.asked))
            self._rest()
            for dialog in _dialogs():
                self._see(f"form: {name}", dialog)
            if name == "visit":
                self._see(f"form: {name}", self._rested())
            self.desk.window.close_dialogs()
            self._rest()

    def gates(self) -> None:
        """What stands before the desk."""
        for name, gate in ways.gates():
            self.desk.window.show_gate(gate)
            self._rest()
            self._see(name, gate)
        self.desk.window.show_frame()

    def _parts(self, name: str, page: Page) -> None:
        """What the page shows instead when one of its tabs is pressed."""
        for title in [button.text() for button in _tabs(page) if not button.isChecked()]:
            button = next((one for one in _tabs(page) if one.text() == title), None)
            if button is not None:
                button.click()
                self._see(f"{name}: {title}", self._rested())

    def _see(self, name: str, widget: QWidget) -> None:
        self.seen.append(name)
        for _turn in range(3):  # layouts follow what was put in last, each in the turn after the one inside it
            QApplication.processEvents()
        self.look(name, widget)

    def _rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.running, timeout=PATIENCE)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.desk.tasks.running, timeout=PATIENCE)

    def _rested(self) -> Page:
        self._rest()

        def shown() -> bool:
            page = self.desk.window.page()
            if page is None or not page.isVisible() or self.desk.tasks.running:
                return False
            return not (page.stale or page.building) and all(map(_filled, page.findChildren(RowTable)))

        self.qtbot.waitUntil(shown, timeout=PATIENCE)
        QApplication.processEvents()  # what is painted for the first time asks for its rows
        self.qtbot.waitUntil(shown, timeout=PATIENCE)
        found = self.desk.window.page()
        assert found is not None
        return found


def _filled(table: RowTable[Any]) -> bool:
    """Whether the first of its rows is read, which it asks for when it is painted."""
    unread = table.rows.rowCount() > 0 and table.rows.known(table.rows.id_at(0)) is None
    return not (unread and not table.visibleRegion().isEmpty())


def _tabs(page: Page) -> Iterator[QPushButton]:
    for button in page.findChildren(QPushButton):
        if button.property("kind") == "tab" and button.isVisible() and button.isEnabled():
            yield button


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def told(found: dict[str, list[str]]) -> Any:
    """Findings for people: each once, with the first place it is at and how many there are."""
    return "\n".join(f"{places[0]} (+{len(places) - 1}): {wrong}" for wrong, places in found.items())
