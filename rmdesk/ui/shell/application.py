"""The application itself, which macOS tells of files that are to be opened: it names none on a command line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Keeps the files that the system wants opened until somebody takes them; `opening` tells that there are some.

    Only events of the application itself come here: a filter on all of them would cost each paint.
    """

    opening = Signal()

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._files: list[str] = []
        self._tells = QTimer(self, singleShot=True, interval=0)  # several files come as several events in a row
        self._tells.timeout.connect(self.opening)

    def take(self) -> list[str]:
        """The files that wait, which then wait no longer."""
        files, self._files = self._files, []
        return files

    def event(self, event: QEvent) -> bool:
        """Note a file; addresses that are none on this computer are left to Qt."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self._files.append(event.file())
            self._tells.start()
            return True
        return super().event(event)
