"""What is copied is marked, goes after half a minute, and never takes away what somebody else copied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit import clipboard as module
from rmdesk.ui.kit.clipboard import MARKS, OURS, Clipboard

NAME = "周文敏"


@pytest.fixture
def board(qtbot: QtBot) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    found.clear()
    yield found
    found.clear()


def test_what_is_copied_carries_every_mark(board: QClipboard) -> None:
    Clipboard().put(NAME)
    data = board.mimeData()
    assert data.text() == NAME
    assert {name: bytes(data.data(name).data()) for name in MARKS} == MARKS
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    windows = {name.partition('"')[2].rstrip('"') for name in MARKS if "windows" in name}
    assert windows >= {"ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory"}
    assert len(MARKS['application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"']) == 4


def test_it_goes_by_itself(board: QClipboard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.CLEAR_MS == 30_000
    monkeypatch.setattr(module, "CLEAR_MS", 1)
    made = Clipboard()
    made.put(NAME)
    qtbot.waitUntil(lambda: not board.text())
    assert not made.holds


def test_what_somebody_else_copied_stays(board: QClipboard) -> None:
    made = Clipboard()
    made.watch()
    made.put(NAME)
    board.setText("a shopping list")
    made.clear()
    assert board.text() == "a shopping list"
    assert not made.holds


def test_what_a_field_copies_by_itself_is_marked_too(board: QClipboard, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Clipboard()
    monkeypatch.setattr(made, "_owns", lambda _board: True)  # as where the system tells who copied
    made.watch()
    rich = QMimeData()
    rich.setText(NAME)
    rich.setHtml(f"<b>{NAME}</b>")
    board.setMimeData(rich)
    data = board.mimeData()
    assert data.hasFormat(OURS)
    assert data.html() == f"<b>{NAME}</b>"
    made.clear()
    assert board.text() == ""
