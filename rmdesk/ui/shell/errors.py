"""The one door for errors: what a person sees, by kind; a bug becomes a report without client data."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import PySide6
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from rmdesk import __version__
from rmdesk.base.errors import Cancelled, Known, Refused
from rmdesk.base.log import logger
from rmdesk.base.text import _
from rmdesk.ui.kit.widgets import Button, column, label, row
from rmdesk.ui.shell.notices import Notices
from rmdesk.ui.shell.window import Window
from rmdesk.ui.tasks.task import Task

_log = logger("errors")


def report(error: BaseException) -> str:
    """What went wrong and where, for the makers. Texts of the error stay out: they may hold a client's data."""
    lines = [
        f"rmdesk {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}, {sys.platform}",
        f"{type(error).__module__}.{type(error).__qualname__}",
    ]
    for frame in traceback.extract_tb(error.__traceback__):
        parts = Path(frame.filename).parts
        lines.append(f"  {'/'.join(parts[-3:])}:{frame.lineno} in {frame.name}")
    if error.__cause__ is not None:
        lines += ["caused by", *report(error.__cause__).splitlines()[1:]]
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
        QGuiApplication.clipboard().setText(self.text.toPlainText())


class Door:
    """Refused: a toast. Trouble: a banner with Try again. Cancelled: nothing. Anything else: a report."""

    def __init__(self, window: Window, notices: Notices) -> None:
        self._window = window
        self._notices = notices
        self._dialog: ReportDialog | None = None

    def tell(self, error: BaseException, again: Callable[[], object] | None = None) -> None:
        """Show an error by its kind."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, Refused):
            said = f"{error.said} {error.advice}".strip()
            self._notices.add(said, trouble=True)
            self._window.toast.say(said)
        elif isinstance(error, Known):
            _log.info("trouble: %s", error.code)
            self._notices.add(error.said, trouble=True)
            self._window.banner.tell(error.said, error.advice, press=again)
        else:
            self._report(error)

    def of_task(self, error: BaseException, task: Task[Any]) -> None:
        """An error of background work that nobody else listened to."""
        self.tell(error)

    def watch(self) -> None:
        """Send whatever escapes from any thread through the door."""
        sys.excepthook = self._escaped
        threading.excepthook = lambda gone: self._escaped(gone.exc_type, gone.exc_value, gone.exc_traceback)

    @staticmethod
    def leave() -> None:
        """Leave what escapes to Python again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _escaped(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        self.tell(error)

    def _report(self, error: BaseException) -> None:
        text = report(error)
        _log.error("bug: %s", text)
        if self._dialog is None or not self._dialog.isVisible():
            self._dialog = ReportDialog(text, self._window)
            self._dialog.open()
