"""The report of a bug: what went wrong and where, without client data, and the dialog that offers it."""

from __future__ import annotations

import platform
import sys
import traceback
from pathlib import Path

import PySide6
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from rmdesk import __version__
from rmdesk.base.text import _
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.widgets import Button, column, label, row


def report(error: BaseException) -> str:
    """What went wrong and where, for the makers. Texts of the error stay out: they may hold a client's data."""
    lines = [f"rmdesk {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}, {sys.platform}"]
    told: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in told:  # two errors may each name the other as the cause
        lines += ["caused by"] if told else []
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__):
            parts = Path(frame.filename).parts
            lines.append(f"  {'/'.join(parts[-3:])}:{frame.lineno} in {frame.name}")
        told.append(cause)
        cause = cause.__cause__
    return "\n".join(lines)


class ReportDialog(QDialog):
    """Says that rmdesk made a mistake, that the data is safe, and offers the report to copy."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Error report"))
        self.copy = Button(_("Copy report"), self._copy, icon="copy")
        shut = Button(_("Close"), self.accept, kind="primary")
        box = column(
            label(_("rmdesk made a mistake. Your data is safe."), "title", wrap=True),
            label(
                _("What you did last may not have been saved. The report holds no client data: send it to support."),
                "soft",
                wrap=True,
            ),
            self.text,
            row(self.copy, None, shut),
            gap=16,
        )
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)
        self.resize(640, 420)
        shut.setFocus()

    def _copy(self) -> None:
        clipboard.put(self.text.toPlainText())
