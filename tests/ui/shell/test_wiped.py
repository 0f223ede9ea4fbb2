"""A desk that the bank had wiped: no client on the screen, and the sentence where one begins anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rmdesk.services.store import profile
from rmdesk.services.sync import wiping
from rmdesk.services.sync.wiping import WipedHere
from rmdesk.ui.unlock.first_run import FirstRunGate
from rmdesk.ui.unlock.unlock import UnlockGate
from tests.ui.shell.test_app import PHRASE, folder, gate, start, started

__all__ = ["folder", "started"]


def test_case_17_the_window_shows_nothing_of_a_wiped_desk(qtbot: QtBot, started: list, folder: Path) -> None:
    app = start(started, folder)
    asked = gate(app, UnlockGate, qtbot)
    assert isinstance(asked, UnlockGate)
    asked.phrase_given.emit(PHRASE)
    qtbot.waitUntil(lambda: not app.window.gated and not app.parts.tasks.running)
    app.parts.session.leased.wiped.emit(WipedHere("The bank had all data on this computer removed.", code="wiped"))
    told = gate(app, FirstRunGate, qtbot)
    assert app.window.page() is None
    assert app.parts.tasks.store is None
    assert any("removed" in one.text() for one in told.findChildren(QLabel))


def test_what_the_hub_must_still_hear_is_told_at_the_next_start(
    qtbot: QtBot, started: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "wiped"
    made.mkdir()
    (made / wiping.UNTOLD).write_text(json.dumps({"url": "https://hub", "device": "d", "code": "c", "counts": {}}))
    heard: list[Path] = []
    monkeypatch.setattr(wiping, "tell", lambda where: heard.append(where) or True)
    app = start(started, made)
    gate(app, FirstRunGate, qtbot)
    assert heard == [made]
    assert not profile.describe(made).exists
