"""Windows: the session's messages tell of a lock and of a switched user, the power broadcasts of sleep and of the lid.

What a message means is decided by `meaning`, which is tested everywhere; the calls of the system run on Windows only.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication
from PySide6.QtWidgets import QWidget

from rmdesk.ui.shell.os_lock import OsLock, Reason

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND, PBT_POWERSETTINGCHANGE = 0x0004, 0x8013
CONSOLE_DISCONNECT, REMOTE_DISCONNECT, LOGOFF, SESSION_LOCK = 0x2, 0x4, 0x6, 0x7
AWAY = frozenset((CONSOLE_DISCONNECT, REMOTE_DISCONNECT, LOGOFF, SESSION_LOCK))
LID = bytes.fromhex("4d0f3eba17b89440a2d1d56379e6a0f3")  # GUID_LIDSWITCH_STATE_CHANGE as it lies in memory
THIS_SESSION = 0


def meaning(message: int, what: int, setting: bytes = b"") -> Reason | None:
    """What a window's message asks for. `setting` is what a change of a power setting carries: GUID, length, value."""
    if message == WM_WTSSESSION_CHANGE:
        return Reason.SYSTEM if what in AWAY else None
    if message != WM_POWERBROADCAST:
        return None
    if what == PBT_APMSUSPEND:
        return Reason.SLEEP
    closed = setting[:16] == LID and setting[20:24] == bytes(4)
    return Reason.LID if what == PBT_POWERSETTINGCHANGE and closed else None


class WindowsLock(OsLock):
    """Registers the window for the messages, and looks at them before the window does."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = int(window.winId())
        self._filter = _Filter(self)
        self._power: Any = None

    def start(self) -> bool:
        app = QCoreApplication.instance()
        if app is None or sys.platform != "win32":
            return False
        app.installNativeEventFilter(self._filter)
        guid = ctypes.create_string_buffer(LID, 16)
        self._power = ctypes.windll.user32.RegisterPowerSettingNotification(self._window, guid, 0)
        return bool(ctypes.windll.wtsapi32.WTSRegisterSessionNotification(self._window, THIS_SESSION))

    def stop(self) -> None:
        app = QCoreApplication.instance()
        if app is None or sys.platform != "win32":
            return
        app.removeNativeEventFilter(self._filter)
        ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(self._window)
        if self._power:
            ctypes.windll.user32.UnregisterPowerSettingNotification(self._power)


class _Message(ctypes.Structure):
    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("what", ctypes.c_size_t),
        ("more", ctypes.c_void_p),
    )


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, lock: WindowsLock) -> None:
        super().__init__()
        self._lock = lock

    def nativeEventFilter(self, kind: Any, message: Any) -> Any:
        if bytes(kind) == b"windows_generic_MSG":
            told = _Message.from_address(int(message))
            setting = told.message == WM_POWERBROADCAST and told.what == PBT_POWERSETTINGCHANGE and told.more
            carried = ctypes.string_at(setting, 24) if setting else b""
            reason = meaning(told.message, told.what, carried)
            if reason is not None:
                self._lock.asked.emit(reason)
        return False, 0
