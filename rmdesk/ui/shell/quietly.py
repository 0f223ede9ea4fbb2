"""What is looked at while the desk is open and nothing else runs: on the reading thread, some time after a change."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

from rmdesk.ui.shell.desk import WindowDesk


class Quietly(QObject):
    """Begins and ends with the session. A kind of it says in `_look` what it looks at, and in `QUIET_MS` how long
    after a change.
    """

    QUIET_MS: ClassVar[int]

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self._desk = desk
        self._line = desk.tasks.line(self)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.look)

    def began(self) -> None:
        """The store is open."""
        self._soon.start(self.QUIET_MS)

    def ended(self) -> None:
        """It is being closed."""
        self._soon.stop()
        self._line.drop()

    def look(self) -> None:
        """Look now; later, while something else is under way."""
        if self._desk.tasks.store is None:
            return
        if self._desk.tasks.running:
            self._soon.start(self.QUIET_MS)
            return
        self._look()

    def _look(self) -> None:
        raise NotImplementedError
