"""Files handed over from outside: a double click on a bank's export, `rmdesk open`, a second start with files.

macOS tells the program that runs (application.py); the other systems start it once more (instance.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMetaObject, QObject

from rmdesk.ui.shell.application import Application

if TYPE_CHECKING:
    from rmdesk.ui.shell.desk import WindowDesk


class Handed(QObject):
    """Keeps the files until somebody who may is in, then takes them to the import."""

    def __init__(self, desk: WindowDesk, files: Sequence[str] = ()) -> None:
        super().__init__(desk)
        self._desk = desk
        self._files = list(files)
        app = QCoreApplication.instance()
        self._told: QMetaObject.Connection | None = None
        if isinstance(app, Application):
            self._told = app.opening.connect(self._of_the_system)
            self._files += app.take()

    def stop(self) -> None:
        """Leave what comes now to whoever is there next."""
        if self._told is not None:
            QObject.disconnect(self._told)
            self._told = None

    def take(self, files: Sequence[str]) -> None:
        """More files, whether or not the desk is open."""
        self._files.extend(one for one in files if one not in self._files)
        self.deliver()

    def deliver(self) -> None:
        """Show them on the import page, after whatever was put back by the unlocking."""
        if self._files and self._desk.tasks.store is not None:
            self._desk.tasks.fetch(lambda _reads: None).done.connect(self._show)

    def _of_the_system(self) -> None:
        app = QCoreApplication.instance()
        files = app.take() if isinstance(app, Application) else []
        if files:
            self._desk.window.bring_forward()
            self.take(files)

    def _show(self, _nothing: object) -> None:
        files, self._files = self._files, []
        if files and self._desk.tasks.store is not None:
            self._desk.go("imports", paths=files)
