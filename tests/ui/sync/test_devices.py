"""The list of devices: asked for by a press, errors in the card, leads let new ones in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.base.errors import Trouble
from rmdesk.services.sync import devices
from rmdesk.ui.kit.widgets import Button, Chip
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.sync.device_list import DeviceList
from rmdesk.wire.devices import DeviceRow


def told(name: str, status: str) -> DeviceRow:
    return DeviceRow(name * 32, "u", "李文静", f"desk {name}", status, "1", "", "2026-11-20T08:00:00+00:00", "")


@pytest.fixture
def card(qtbot: QtBot, desk: WindowDesk) -> Iterator[DeviceList]:
    made = DeviceList(desk)
    made.show_self("b" * 32, "lead")
    qtbot.addWidget(made)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not desk.tasks.running)


def pressed(card: DeviceList, qtbot: QtBot, text: str) -> None:
    def found() -> list[Button]:
        return [one for one in card.findChildren(Button) if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def test_a_lead_lets_a_device_in(qtbot: QtBot, card: DeviceList, monkeypatch: pytest.MonkeyPatch) -> None:
    approved: list[str] = []

    def approve(_store: Any, device: str) -> tuple[DeviceRow, ...]:
        approved.append(device)
        return told("c", "active"), told("b", "active")

    monkeypatch.setattr(devices, "listed", lambda _store: (told("c", "asked"), told("b", "active")))
    monkeypatch.setattr(devices, "approve", approve)
    pressed(card, qtbot, "Show devices")
    pressed(card, qtbot, "Approve")
    qtbot.waitUntil(lambda: approved == ["c" * 32])
    qtbot.waitUntil(lambda: [chip.text() for chip in card.findChildren(Chip)].count("In use") == 2)
    assert "This device" in [chip.text() for chip in card.findChildren(Chip)]


def test_without_a_network_the_card_says_so(qtbot: QtBot, card: DeviceList, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_store: Any) -> tuple[DeviceRow, ...]:
        raise Trouble("The hub does not answer.", do="Try later.")

    monkeypatch.setattr(devices, "listed", away)
    pressed(card, qtbot, "Show devices")
    qtbot.waitUntil(lambda: any("does not answer" in one.text() for one in card.findChildren(type(card.head))))
    assert card.refresh.isEnabled()


def test_a_manager_lets_nobody_in(qtbot: QtBot, card: DeviceList) -> None:
    card.show_self("b" * 32, "manager")
    card.show_rows((told("c", "asked"), told("b", "active")))
    texts = [button.text() for button in card.findChildren(Button)]
    assert "Approve" not in texts
    assert texts.count("Shut out…") == 1
