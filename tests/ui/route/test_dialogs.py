"""The route of a day: stepping through days, seeing conflicts, opening files, printing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import PlanVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.ui.clients.file_page import ClientPage
from rmdesk.ui.kit.document_dialog import DocumentDialog
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.route.dialogs import RouteDialog
from rmdesk.ui.shell.desk import WindowDesk
from tests.conftest import TODAY


@pytest.fixture
def planned(store: Store) -> ClientId:
    """Three visits today, two of which overlap."""
    client = store.perform(AddProspect(Details("周文敏", phone="13800136620", district="青石区"))).result
    for at, district in (("09:00", "青石区"), ("09:20", "云川区"), (None, "云川区")):
        store.perform(PlanVisit(Entry(client, Channel.AT_CLIENT, on=TODAY, at=at, purpose="谈留学", district=district)))
    return client


@pytest.fixture
def dialog(qtbot: QtBot, desk: WindowDesk, planned: ClientId) -> Iterator[RouteDialog]:
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk.window)  # a dialog lies over the active one
    desk.ask("route")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RouteDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, RouteDialog)
    qtbot.waitUntil(lambda: found.route is not None)
    yield found
    qtbot.waitUntil(lambda: not desk.tasks.running)
    if isValid(found):
        found.close()


def test_districts_are_cards_in_their_order(dialog: RouteDialog) -> None:
    assert [card.leg.district for card in dialog.cards] == ["青石区", "云川区"]
    assert dialog.conflicts.isVisible()
    assert not dialog.nothing.isVisible()


def test_arrows_and_typing_go_to_other_days(qtbot: QtBot, dialog: RouteDialog) -> None:
    qtbot.mouseClick(dialog.on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.route is not None and dialog.route.day == TODAY + timedelta(1))
    assert dialog.cards == []
    assert dialog.nothing.isVisible()
    assert not dialog.print_button.isEnabled()
    dialog.field.selectAll()
    qtbot.keyClicks(dialog.field, "2026-11-21")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.cards) == 2)


def test_a_name_opens_the_file(qtbot: QtBot, desk: WindowDesk, dialog: RouteDialog, planned: ClientId) -> None:
    link = next(button for button in dialog.cards[0].findChildren(Button) if button.text() == "周文敏")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desk.window.page(), ClientPage))
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_each_visit_offers_its_brief(qtbot: QtBot, desk: WindowDesk, dialog: RouteDialog) -> None:
    button = next(one for one in dialog.cards[1].findChildren(Button) if one.accessibleName() == "Brief: 周文敏")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DocumentDialog))
    brief = QApplication.activeModalWidget()
    assert isinstance(brief, DocumentDialog)
    assert "周文敏" in brief.view.sheet.toPlainText()
    brief.close()


def test_the_route_is_printed_with_masked_numbers(qtbot: QtBot, dialog: RouteDialog) -> None:
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DocumentDialog))
    paper = QApplication.activeModalWidget()
    assert isinstance(paper, DocumentDialog)
    whole = paper.view.sheet.toPlainText()
    assert "138 •••• 6620" in whole
    assert "begins before" in whole
    paper.close()
