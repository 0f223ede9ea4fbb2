"""What stands behind the window, joined after the first paint: desk, session, way in, commands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.slices import Slices
from rmdesk.ui.kit.state import State
from rmdesk.ui.kit.theme import Scheme, theme
from rmdesk.ui.shell import instance
from rmdesk.ui.shell.ahead import Ahead
from rmdesk.ui.shell.commands import Commands
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.errors import Door
from rmdesk.ui.shell.handed import Handed
from rmdesk.ui.shell.leaving import gather_typed, leave
from rmdesk.ui.shell.notices import Notices
from rmdesk.ui.shell.reminder import Reminder
from rmdesk.ui.shell.session import Session
from rmdesk.ui.shell.start import Start
from rmdesk.ui.shell.window import Window
from rmdesk.ui.tasks.runner import Tasks

if TYPE_CHECKING:
    from rmdesk.ui.shell.os_lock import OsLock
    from rmdesk.ui.unlock.reasons import Reason

LISTEN_MS = 1500  # after the first page
RESTED_S = 3  # who has not touched anything for this long does not wait for a frame


class Joined:
    """The parts by name; `begin` sets them going, `stop` ends them."""

    def __init__(
        self,
        window: Window,
        state: State,
        tasks: Tasks,
        folder: Path,
        language: str = "",
        *,
        demo: bool = False,
        page: str = "",
        files: Sequence[str] = (),
    ) -> None:
        self.window = window
        self.folder = folder
        self.notices = Notices()
        self.door = Door(window, self.notices)
        self.tasks = tasks
        tasks.door = self.door.of_task
        self.desk = WindowDesk(tasks, state, window, self.door, self.notices)
        self.session = Session(self.desk, language)
        self.start = Start(self.desk, self.session, folder, demo=demo, page=page)
        self.door.rescues = self.session.keeping.rescue
        self.commands = Commands(self.desk, self.session, self.start)
        self.reminder = Reminder(self.desk)
        self.handed = Handed(self.desk, files)
        self.session.leased.free.connect(self.handed.deliver)  # after Start has let in who belongs here
        self.session.relabelled.connect(self.start.retranslate)
        self.listener: instance.Listener | None = None
        self._listening = QTimer(window, singleShot=True, interval=LISTEN_MS)
        self._ears = Slices(window, 0)
        self._listening.timeout.connect(lambda: self.desk.imports.begin("ears", self._prick_up))
        self.ahead: Ahead | None = None
        self.os_lock: OsLock | None = None
        self.start.shut.connect(self._shut)

    def begin(self) -> None:
        """Open the profile, and listen for a second start."""
        self.door.watch()
        clipboard.watch()
        self.start.begin()
        self.ahead = Ahead(self.desk, self.window)
        self._listening.start()
        self.reminder.start()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def listen_to(self, os_lock: OsLock) -> None:
        """Lock when the system does, and let it sleep once that is done."""
        if self.os_lock is not None:
            self.os_lock.stop()
        self.os_lock = os_lock
        os_lock.asked.connect(self._asked_to_lock)
        os_lock.start()

    def _asked_to_lock(self, reason: Reason) -> None:
        self.start.lock(reason)
        if self.tasks.store is None and not self.tasks.running:
            self._shut()  # it was locked before

    def _shut(self) -> None:
        if self.os_lock is not None:
            self.os_lock.locked()

    def _prick_up(self) -> None:
        self._ears.begin((partial(import_module, "PySide6.QtNetwork"), self._listen_to_system, self._listen))

    def _listen_to_system(self) -> None:
        from rmdesk.ui.shell.os_here import of_this_system

        self.listen_to(of_this_system(self.window))

    def _listen(self) -> None:
        self.listener = instance.Listener(self.folder, self.window)
        self.listener.called.connect(self.window.bring_forward)
        self.listener.handed.connect(self.handed.take)

    @staticmethod
    def _system_changed() -> None:
        if theme.scheme is Scheme.SYSTEM:
            theme.use(Scheme.SYSTEM, theme.percent)

    def stop(self) -> None:
        """Close the store, once no thread needs it any more."""
        self.start.idle.stop()
        self._listening.stop()
        self.desk.imports.stop()
        self._ears.stop()
        self.reminder.stop()
        self.handed.stop()
        if self.os_lock is not None:
            self.os_lock.stop()
        if self.ahead is not None:  # begin was reached
            self.ahead.stop()
            QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._system_changed)
        clipboard.clear()
        typed = gather_typed(self.desk) if self.tasks.store is not None else []
        self.session.ended()
        self.desk.closed()
        self.tasks.stop(partial(leave, typed) if typed else None)
        self.door.leave()
        if self.listener is not None:
            self.listener.close()
