"""What was said in passing, to be read again: the last toasts and troubles of this session, newest first."""

from __future__ import annotations

from collections import deque
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from rmdesk.base import clock
from rmdesk.base.record import record

KEPT = 50


@record
class Notice:
    """One sentence and when it was said (UTC)."""

    text: str
    at: datetime
    trouble: bool = False


class Notices(QObject):
    """Kept in memory only: a sentence may name a client, so it goes when the desk is locked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept: deque[Notice] = deque(maxlen=KEPT)
        self.unread = 0

    def add(self, text: str, *, trouble: bool = False) -> None:
        """Note what was said."""
        self._kept.appendleft(Notice(text, clock.now(), trouble))
        self.unread += trouble
        self.changed.emit()

    def all(self) -> tuple[Notice, ...]:
        """All that is kept, newest first."""
        return tuple(self._kept)

    def read(self) -> None:
        """Somebody has looked."""
        self.unread = 0
        self.changed.emit()

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.read()
