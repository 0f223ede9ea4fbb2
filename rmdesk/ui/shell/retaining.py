"""In idle moments: what has been kept long enough goes, and the file is swept of what went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rmdesk.ui.kit.noted import not_noted

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store
    from rmdesk.ui.shell.desk import WindowDesk

FIRST_MS = 5 * 60_000  # the morning belongs to the manager
AGAIN_MS = 60 * 60_000


class Retaining(QObject):
    """Begins and ends with the session."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self.desk = desk
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def began(self) -> None:
        """The store is open."""
        self._timer.start(FIRST_MS)

    def ended(self) -> None:
        """It is being closed."""
        self._timer.stop()

    def look(self) -> None:
        """Do what is due, on the writing thread."""
        self._timer.start(AGAIN_MS)
        store = self.desk.tasks.store
        if store is not None:
            self.desk.tasks.write(lambda _progress: _kept_up(store)).failed.connect(not_noted)


def _kept_up(store: Store) -> None:
    from rmdesk.services.privacy.retention import keep_up

    keep_up(store)
