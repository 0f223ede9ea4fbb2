"""macOS: the system tells every program when the screen is locked, when another user comes, and when it is saved.

Heard through Core Foundation's distributed notifications, on the main thread. What a name means is decided by
`meaning`, which is tested everywhere; the calls of the system run on macOS only. Sleep and the lid lock the screen
first, where the system is set to ask for the password at once.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from typing import Any

from rmdesk.ui.shell.os_lock import OsLock, Reason

NAMES = {
    "com.apple.screenIsLocked": Reason.SYSTEM,
    "com.apple.screensaver.didstart": Reason.SYSTEM,
    "com.apple.sessionDidMoveOffConsole": Reason.SYSTEM,
}
AT_ONCE, UTF8 = 4, 0x08000100


def meaning(name: str) -> Reason | None:
    """What a notification asks for."""
    return NAMES.get(name)


class MacLock(OsLock):
    """One observer for all names."""

    def __init__(self) -> None:
        super().__init__()
        self._library: Any = None
        self._centre: Any = None
        self._heard: Any = None

    def start(self) -> bool:
        found = ctypes.util.find_library("CoreFoundation")
        if found is None:
            return False
        library = self._library = ctypes.CDLL(found)
        pointer = ctypes.c_void_p
        library.CFStringCreateWithCString.restype = pointer
        library.CFStringCreateWithCString.argtypes = (pointer, ctypes.c_char_p, ctypes.c_uint32)
        library.CFNotificationCenterGetDistributedCenter.restype = pointer
        observe = library.CFNotificationCenterAddObserver
        call = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, pointer, pointer)
        observe.argtypes = (pointer, pointer, call, pointer, pointer, ctypes.c_long)
        library.CFNotificationCenterRemoveEveryObserver.argtypes = (pointer, pointer)
        self._centre = library.CFNotificationCenterGetDistributedCenter()
        self._heard = call(lambda *_told: self.asked.emit(Reason.SYSTEM))  # kept: the system holds no reference
        for name in NAMES:
            text = library.CFStringCreateWithCString(None, name.encode(), UTF8)
            observe(self._centre, id(self), self._heard, text, None, AT_ONCE)
        return True

    def stop(self) -> None:
        if self._centre is not None:
            self._library.CFNotificationCenterRemoveEveryObserver(self._centre, id(self))
            self._centre = None
