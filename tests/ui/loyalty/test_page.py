"""The Loyalty page by real events: every mark shows its clients, and these lead to their files."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.services.loyalty.views import views
from rmdesk.services.store.store import Store
from rmdesk.ui.loyalty.page import VIEWS, LoyaltyPage
from rmdesk.ui.shell.desk import WindowDesk

PATIENCE = 20_000


class LoyaltyRobot:
    """Acts on the Loyalty page as a user does."""

    def __init__(self, qtbot: QtBot, desk: WindowDesk) -> None:
        self.qtbot, self.desk = qtbot, desk
        desk.go("loyalty")
        shown = desk.window.page()
        assert isinstance(shown, LoyaltyPage)
        self.page = shown
        qtbot.waitUntil(lambda: shown.views is not None, timeout=PATIENCE)
        self.settle()

    def settle(self) -> None:
        """Until all is read and shown."""
        self.qtbot.waitUntil(
            lambda: not self.desk.tasks.running and not self.page.stale and not self.page.building, timeout=PATIENCE
        )

    def part(self, view: str) -> Any:
        """A view, once it is seen."""
        self.settle()
        return next(part for part in self.page.parts.values() if part.name == view)

    def press(self, tile: QWidget) -> None:
        """Click a tile once it is there."""
        self.qtbot.waitUntil(tile.isVisible, timeout=PATIENCE)
        self.qtbot.waitUntil(lambda: tile.width() > 20, timeout=PATIENCE)
        QApplication.processEvents()
        self.qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
        self.settle()

    def rows(self, view: str) -> int:
        """How many clients are listed beside a drawing."""
        count: int = self.part(view).table.rows.rowCount()
        return count


@pytest.fixture
def robot(qtbot: QtBot, desk: WindowDesk) -> LoyaltyRobot:
    return LoyaltyRobot(qtbot, desk)


def test_each_view_shows_its_counts_and_the_clients_of_its_mark(robot: LoyaltyRobot, store: Store) -> None:
    page, found = robot.page, store.read(views)
    assert sum(found.tenths) == pytest.approx(1)
    assert found.cells.sum() <= found.rfm.client.size
    for at, (name, _title) in enumerate(VIEWS):
        robot.qtbot.mouseClick(page._tabs.button(at), Qt.MouseButton.LeftButton)
        assert robot.rows(name) > 0
        assert page.stack.currentIndex() == at
    assert robot.rows("silent") == min(300, len(found.silent))
    assert str(found.likely) in robot.part("rfm").activity.text()


def test_marks_are_pressed_by_mouse_and_keyboard(robot: LoyaltyRobot) -> None:
    page, tenths = robot.page, robot.part("pareto")
    before = tenths.heading.text()
    robot.qtbot.keyClick(tenths.chart, Qt.Key.Key_Right)
    robot.settle()
    second = tenths.heading.text()
    assert second.startswith("Clients from 10% to 20%")
    assert before != second
    right = QPoint(tenths.chart.width() - 20, tenths.chart.height() // 2)
    robot.qtbot.mouseClick(tenths.chart, Qt.MouseButton.LeftButton, pos=right)
    robot.settle()
    assert "90% to 100%" in tenths.heading.text()
    robot.desk.go("loyalty", view="map")
    corners = robot.part("map")
    robot.press(corners.chart.tiles["apostle"])
    assert corners.heading.text().startswith("Apostle")
    robot.desk.go("loyalty", view="rfm")
    cells = robot.part("rfm")
    robot.press(cells.chart.tiles[1, 4])
    assert cells.heading.text().startswith("R1 F4")
    cells.fifths.click()
    robot.settle()
    assert page.views is not None
    assert page.views.rfm.by_quintiles


def test_a_client_of_a_mark_is_opened(robot: LoyaltyRobot) -> None:
    table = robot.part("pareto").table
    assert robot.page.views is not None
    table.select_id(int(robot.page.views.pareto.client[0]))
    robot.qtbot.keyClick(table, Qt.Key.Key_Return)
    robot.qtbot.waitUntil(lambda: robot.desk.window.page() is not robot.page, timeout=PATIENCE)
    robot.qtbot.waitUntil(lambda: not robot.desk.tasks.running, timeout=PATIENCE)
