"""What a user answers when something is to leave the desk."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.export_dialog import ExportDialog

D = TypeVar("D", bound=QDialog)


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


def printing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The printer that is proposed will do, and prints nothing; gives the marks of what it was to print."""
    printed: list[str] = []

    def chosen(dialog: QDialog) -> None:
        """The printer that is proposed will do; other dialogs are shown."""
        if isinstance(dialog, QPrintDialog):
            dialog.accepted.emit(dialog.printer())
        else:
            dialog.show()

    monkeypatch.setattr(QDialog, "open", chosen)
    monkeypatch.setattr("rmdesk.ui.kit.document_view.print_", lambda _document, _printer, mark: printed.append(mark))
    return printed


def open_dialog(qtbot: QtBot, kind: type[D]) -> D:
    """The dialog of this kind that is open."""
    found: list[D] = []

    def look() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if type(one) is kind and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(look)
    return found[0]
