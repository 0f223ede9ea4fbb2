"""Tells the day's occasions through the system's tray, once a day: numbers only, as they stay there when locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer

from rmdesk.base import clock
from rmdesk.base.text import _
from rmdesk.services.store.reads import Reads
from rmdesk.ui.shell.desk import WindowDesk

FIRST_MS, AGAIN_MS = 8_000, 300_000  # after the start, and then now and again: a new day may have begun
TOLD = "reminder/day"


class Reminder(QObject):
    """Looks whether the day was told already; `tell` shows title and text, by the system's tray when not given."""

    def __init__(self, desk: WindowDesk, tell: Callable[[str, str], bool] | None = None) -> None:
        super().__init__(desk)
        self._desk = desk
        self._tell = tell or self._through_tray
        self._tray: Any = None
        self._line = desk.tasks.line(self)
        self._timer = QTimer(self, interval=FIRST_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look soon, then again and again."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more, and leave the tray."""
        self._timer.stop()
        self._line.drop()
        if self._tray is not None:
            self._tray.hide()
            self._tray = None

    def look(self) -> None:
        """Tell the day's occasions when that has not been done today; nothing while locked."""
        self._timer.setInterval(AGAIN_MS)
        today = clock.today()
        if self._desk.tasks.store is None or self._desk.state.value(TOLD) == today.isoformat():
            return
        self._line.fetch(_counted, today).done.connect(lambda counts: self._say(today, counts))

    def _say(self, day: date, counts: Any) -> None:
        from rmdesk.services.calendar.reminder import said

        text = said(counts)
        if not text or self._tell(_("Occasions"), text):
            self._desk.state.keep(TOLD, day.isoformat())

    def _through_tray(self, title: str, text: str) -> bool:
        from PySide6.QtWidgets import QSystemTrayIcon

        from rmdesk.ui.kit.icons import icon

        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return False
        if self._tray is None:
            self._tray = QSystemTrayIcon(icon("calendar", "accent", 32), self)
            self._tray.setToolTip("rmdesk")
            self._tray.messageClicked.connect(self._open)
            self._tray.activated.connect(lambda _why: self._open())
        self._tray.show()
        self._tray.showMessage(title, text, icon("calendar", "accent", 32))
        return True

    def _open(self) -> None:
        """A click brings the window forward; the calendar is shown only when it is unlocked."""
        self._desk.window.bring_forward()
        self._desk.go("calendar", day=clock.today())


def _counted(reads: Reads, day: date) -> Any:
    """The counts of the day; what they need is imported on the reading thread, as it takes longer than a frame."""
    from rmdesk.services.calendar.reminder import counted

    return counted(reads, day)
