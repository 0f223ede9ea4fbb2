"""Notices when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

LOOK_MS = 5000
TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    )
)


def ticking() -> float:
    """Seconds that run on while the computer sleeps, where the system has such a clock."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; on macOS and Windows the plain one does
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class Idle(QObject):
    """Looks at the windows' own events only: a filter on every event of the program would cost each paint.

    `touched` tells of each touch of the user's, not of what the program does to its widgets.
    """

    away = Signal()
    touched = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seconds = 0.0
        self._touched = ticking()
        self._watched: set[int] = set()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)

    def start(self, minutes: float) -> None:
        """Tell `away` after so many minutes without a touch."""
        self.seconds = minutes * 60
        self.touch()
        self._timer.start()
        self._watch(QGuiApplication.focusWindow())

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._timer.stop()

    def touch(self) -> None:
        """Somebody is here."""
        self._touched = ticking()

    @property
    def rested(self) -> float:
        """Seconds since anybody touched anything."""
        return ticking() - self._touched

    def look(self) -> None:
        """Whether it is time."""
        if self._timer.isActive() and ticking() - self._touched >= self.seconds:
            self._timer.stop()
            self.away.emit()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and id(window) not in self._watched:
            self._watched.add(id(window))
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._touched = ticking()
            self.touched.emit()
        return False
