"""Notes in the audit log that the desk was opened and locked, and whether the computer's clock jumps meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rmdesk.base import clock
from rmdesk.ui.kit.noted import not_noted

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store
    from rmdesk.ui.shell.desk import WindowDesk

LOOK_MS = 5 * 60_000
AHEAD = timedelta(days=1)
# Runs on while the computer sleeps, where there is such a clock: a weekend in the bag is no jump.
_RUNNING = getattr(time, "CLOCK_BOOTTIME", None)


def running() -> float:
    """Seconds that have passed, whatever anybody does to the date."""
    return time.monotonic() if _RUNNING is None else time.clock_gettime(_RUNNING)


class Audited(QObject):
    """Begins and ends with the session. A log that cannot be written (a full disk) keeps nobody from reading."""

    def __init__(self, desk: WindowDesk) -> None:
        super().__init__()
        self.desk = desk
        self._store: Store | None = None
        self._seen: tuple[datetime, float] = (clock.now(), running())
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.look)

    def began(self, store: Store) -> None:
        """The store is open."""
        self._store = store
        self._seen = (clock.now(), running())
        self._looks.start()
        self._write(lambda: _note_opened(store))

    def ended(self, why: str) -> None:
        """It is being closed, for this reason (a code): the log takes this in when it is opened again."""
        from rmdesk.services.store import witness

        self._looks.stop()
        if self._store is not None:
            witness.leave(self._store.folder, "lock", why=why)
            self._store = None

    def look(self) -> None:
        """Compare the clock with the time that has passed."""
        if self._store is None:
            return
        store, (before, then) = self._store, self._seen
        self._seen = (clock.now(), running())
        ahead = self._seen[0] - before - timedelta(seconds=self._seen[1] - then)
        self._write(lambda: _note_clock(store, ahead if ahead > AHEAD else timedelta()))

    def _write(self, write: Callable[[], object]) -> None:
        self.desk.tasks.write(lambda _progress: write()).failed.connect(not_noted)


def _note_opened(store: Store) -> None:
    from rmdesk.services.audit import noting  # on the thread that writes: it takes as long as a frame

    noting.opened(store, "window")


def _note_clock(store: Store, ahead: timedelta) -> None:
    from rmdesk.services.audit import noting

    noting.clock_looked_at(store, ahead)
