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


def report(error: BaseException, after: tuple[BaseException, ...] = ()) -> str:
    """What went wrong and where, for the makers. Texts of the error stay out: they may hold a client's data.

    `after`: what was told already; an error that is its own cause is told once.
    """
    lines = [
        f"rmdesk {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}, {sys.platform}",
        f"{type(error).__module__}.{type(error).__qualname__}",
    ]
    for frame in traceback.extract_tb(error.__traceback__):
        parts = Path(frame.filename).parts
        lines.append(f"  {'/'.join(parts[-3:])}:{frame.lineno} in {frame.name}")
    told = (*after, error)
    if error.__cause__ is not None and error.__cause__ not in told:
        lines += ["caused by", *report(error.__cause__, told).splitlines()[1:]]
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
