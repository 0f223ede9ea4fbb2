"""The screen while the data is open: out of screenshots where that can be, and a watermark that disturbs nobody."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from rmdesk.base import paths
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.ui.shell import capture, looks
from rmdesk.ui.shell.shield import Shield


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setCentralWidget(QPushButton("below"))
    made.resize(600, 400)
    made.show()
    return made


def picture(window: QMainWindow) -> QImage:
    return window.grab().toImage()


def test_the_watermark_is_seen_and_touched_through(window: QMainWindow, qtbot: QtBot) -> None:
    bare = picture(window)
    shield = Shield(window)
    shield.began("李文静")
    shield.use(True, True)
    mark = shield.watermark
    assert mark is not None
    assert mark.text.startswith("李文静 · 20")
    assert picture(window) != bare
    button = window.centralWidget()
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(button.clicked):
        below = window.childAt(button.geometry().center())
        assert below is button
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    window.resize(800, 500)
    qtbot.waitUntil(lambda: mark.size() == window.size())
    shield.ended()
    assert mark.text == ""
    assert mark.isHidden()


def test_what_windows_and_macos_are_asked_for() -> None:
    assert (capture.affinity(True), capture.affinity(False)) == (0x11, 0)
    assert (capture.sharing(True), capture.sharing(False)) == (0, 1)
    assert capture.can_hide() is (sys.platform in ("win32", "darwin"))


def test_the_policy_is_stricter_than_the_settings(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.perform(ChangeSetting("general.auto_lock_minutes", 20))
    store.perform(ChangeSetting("general.hide_from_capture", False))
    before = store.read(looks.chosen)
    assert (before.auto_lock, before.hidden, before.marked) == (20, False, False)
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    told = "[lock]\nminutes_at_most = 5\n[screen]\nhide_from_capture = true\nwatermark = true\n"
    (tmp_path / "policy.toml").write_text(told, encoding="utf-8")
    after = store.read(looks.chosen)
    assert (after.auto_lock, after.hidden, after.marked) == (5, True, True)
