"""What a user answers when something is to leave the desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.export_dialog import ExportDialog


def answer(qtbot: QtBot) -> None:
    """Say what it is for, and take it without a password."""
    found: list[ExportDialog] = []

    def asked() -> bool:
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible()]
        found[:] = [one for one in shown if one.ok.isEnabled()]
        return bool(found)

    qtbot.waitUntil(asked)
    found[0].form.fill(reason="the branch audit")
    found[0].plain.setChecked(True)
    qtbot.mouseClick(found[0].ok, Qt.MouseButton.LeftButton)
