"""Insights without anything to look into, and with little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.store.store import Store
from rmdesk.ui.imports.page import ImportPage
from rmdesk.ui.insights.page import InsightsPage
from rmdesk.ui.shell.desk import WindowDesk
from tests.support import build

PATIENCE = 20_000


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store, other than for the rest of this folder."""
    made = build.store_from(template, tmp_path)
    yield made
    made.close()


def shown(qtbot: QtBot, desk: WindowDesk) -> InsightsPage:
    desk.go("insights")
    page = desk.window.page()
    assert isinstance(page, InsightsPage)
    qtbot.waitUntil(lambda: page.shown is not None and not desk.tasks.running and not page.building, timeout=PATIENCE)
    return page


def test_without_clients_it_says_so_and_leads_to_the_import(qtbot: QtBot, desk: WindowDesk) -> None:
    page = shown(qtbot, desk)
    assert page.showing_notice
    qtbot.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    assert isinstance(desk.window.page(), ImportPage)
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)


def test_what_is_not_known_is_said_in_each_card_and_is_no_zero(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    store.perform(AddProspect(Details("李新")))
    page = shown(qtbot, desk)
    assert not page.showing_notice
    cards = page.overview.cards
    assert [name for name, card in cards.items() if card.stack.currentWidget() is not card.empty] == []
    assert [name for name, card in cards.items() if card.toggle.isEnabled()] == []
    tiles = page.overview.figures.tiles
    assert tiles["held"].figure.value == "–"
    assert tiles["missed"].figure.value == "–"
    assert tiles["invested"].figure.value == "–"
    told = page.shown.found.capacity if page.shown else None
    assert told is not None
    assert told.measured is None
