"""Linux: logind tells of a lock and of sleep, UPower of the lid, the desktop's screen saver of a lock of its own.

logind lets a program hold sleep up for some seconds: an inhibitor is taken at the start and given back once the desk is
locked, so that nothing readable lies in memory or on a swapped disk while the computer sleeps.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from rmdesk.ui.shell.os_lock import OsLock, Reason

LOGIN = "org.freedesktop.login1"
MANAGER, SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
LOGIN_PATH = "/org/freedesktop/login1"
POWER, POWER_PATH = "org.freedesktop.UPower", "/org/freedesktop/UPower"
PROPERTIES = "org.freedesktop.DBus.Properties"
SAVERS = (("org.freedesktop.ScreenSaver", ""), ("org.gnome.ScreenSaver", ""))
HELD_MS = 4500  # logind waits five seconds by default, then sleeps all the same
ASK_MS = 2000

Answer = Callable[[Any], None]


class LinuxLock(OsLock):
    """Over the system's bus and the session's, unless others are given. `ready`: it is known which session is ours."""

    ready = Signal()

    def __init__(self, system: QDBusConnection | None = None, session: QDBusConnection | None = None) -> None:
        super().__init__()
        self._system = system or QDBusConnection.systemBus()
        self._session = session or QDBusConnection.sessionBus()
        self._holding = -1
        self._path = ""
        self._ears: list[_Ear] = []
        self._let_go = QTimer(self, singleShot=True, interval=HELD_MS)
        self._let_go.timeout.connect(self._release)

    def start(self) -> bool:
        heard = False
        if self._system.isConnected():
            heard |= self._listen(self._system, LOGIN_PATH, MANAGER, "PrepareForSleep", self._sleep)
            heard |= self._listen(self._system, POWER_PATH, PROPERTIES, "PropertiesChanged", self._lid)
            self._ask(LOGIN, f"{LOGIN_PATH}/session/auto", PROPERTIES, "Get", SESSION, "Id", then=self._name_told)
            self._hold()
        if self._session.isConnected():
            for name, path in SAVERS:
                heard |= self._listen(self._session, path, name, "ActiveChanged", self._saver)
        return heard

    @property
    def holds_sleep(self) -> bool:
        """Whether the computer waits for this desk before it sleeps."""
        return self._holding >= 0

    def locked(self) -> None:
        if self._let_go.isActive():
            self._release()

    def stop(self) -> None:
        for ear in self._ears:
            ear.deaf()
        self._ears.clear()
        self._release()

    # Which session is ours; any session's lock is heeded where that cannot be told.

    def _name_told(self, name: Any) -> None:
        if name is None:
            self._path_told(None)
        else:
            self._ask(LOGIN, LOGIN_PATH, MANAGER, "GetSession", str(name), then=self._path_told)

    def _path_told(self, path: Any) -> None:
        self._path = str(path.path()) if isinstance(path, QDBusObjectPath) else ""
        self._listen(self._system, self._path, SESSION, "Lock", self._lock)
        if self._path:
            self._listen(self._system, self._path, PROPERTIES, "PropertiesChanged", self._hinted)
        self.ready.emit()

    # What is heard.

    def _lock(self, _args: list[Any]) -> None:
        self.asked.emit(Reason.SYSTEM)

    def _hinted(self, _args: list[Any]) -> None:
        locked = partial(self._when, Reason.SYSTEM)
        self._ask(LOGIN, self._path, PROPERTIES, "Get", SESSION, "LockedHint", then=locked)

    def _lid(self, _args: list[Any]) -> None:
        closed = partial(self._when, Reason.LID)
        self._ask(POWER, POWER_PATH, PROPERTIES, "Get", POWER, "LidIsClosed", then=closed)

    def _saver(self, args: list[Any]) -> None:
        self._when(Reason.SYSTEM, args[0] if args else None)

    def _sleep(self, args: list[Any]) -> None:
        if args and args[0] is True:
            self._let_go.start()
            self.asked.emit(Reason.SLEEP)
        else:
            self._hold()

    def _when(self, reason: Reason, answer: Any) -> None:
        if answer is True:
            self.asked.emit(reason)

    # Inside.

    def _listen(self, bus: QDBusConnection, path: str, interface: str, name: str, call: Answer) -> bool:
        ear = _Ear(self, bus, ("", path, interface, name), call)
        self._ears.append(ear)
        return ear.hears

    def _ask(self, service: str, path: str, interface: str, what: str, *given: str, then: Answer) -> None:
        """`then` gets the first thing that is answered; None when nothing is, or not soon."""
        asked = QDBusMessage.createMethodCall(service, path, interface, what)
        asked.setArguments(list(given))
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(asked, ASK_MS), self)

        def answered(done: QDBusPendingCallWatcher) -> None:
            told = [] if done.isError() else done.reply().arguments()
            found = told[0] if told else None
            then(found.variant() if isinstance(found, QDBusVariant) else found)
            done.deleteLater()

        watcher.finished.connect(answered)

    def _hold(self) -> None:
        if not self.holds_sleep:
            given = ("sleep", "rmdesk", "Locking the desk", "delay")
            self._ask(LOGIN, LOGIN_PATH, MANAGER, "Inhibit", *given, then=self._held)

    def _held(self, given: Any) -> None:
        if isinstance(given, QDBusUnixFileDescriptor) and given.isValid() and not self.holds_sleep:
            self._holding = os.dup(given.fileDescriptor())

    def _release(self) -> None:
        self._let_go.stop()
        held, self._holding = self._holding, -1
        if held >= 0:
            with suppress(OSError):
                os.close(held)


class _Ear(QObject):
    """One signal of one bus."""

    def __init__(self, parent: QObject, bus: QDBusConnection, where: tuple[str, str, str, str], call: Any) -> None:
        super().__init__(parent)
        self._bus, self._where, self._call = bus, where, call
        self.hears = bus.connect(*where, self, _HEARD)

    def deaf(self) -> None:
        """Hear no more."""
        self._bus.disconnect(*self._where, self, _HEARD)

    @Slot(QDBusMessage)
    def heard(self, message: QDBusMessage) -> None:
        """It was told."""
        self._call(message.arguments())


_HEARD: Any = SLOT("heard(QDBusMessage)")  # a text, whatever the types of the binding say
