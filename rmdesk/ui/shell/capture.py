"""Keeps the windows out of screenshots, recordings and screen sharing, where the system can do that.

Windows and macOS can; what is asked of them is said by `affinity` and `sharing`, which are tested everywhere, while the
calls run there only. Linux has no such thing: there a watermark stays visible in every picture of the screen.
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow

NONE, EXCLUDE = 0x00, 0x11  # WDA_NONE, WDA_EXCLUDEFROMCAPTURE
SHARING_NONE, SHARING_READ = 0, 1  # NSWindowSharingNone, NSWindowSharingReadOnly


def affinity(hidden: bool) -> int:
    """What Windows is asked for."""
    return EXCLUDE if hidden else NONE


def sharing(hidden: bool) -> int:
    """What macOS is asked for."""
    return SHARING_NONE if hidden else SHARING_READ


def can_hide() -> bool:
    """Whether this system leaves windows out of pictures of the screen."""
    return sys.platform in ("win32", "darwin")


class Capture(QObject):
    """Asks for each window once it has the focus, dialogs too; `hide` is what is asked for now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hidden = False
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and can_hide():
            app.focusWindowChanged.connect(self._apply)

    def hide(self, on: bool) -> None:
        """Leave all windows out of pictures of the screen, or no longer."""
        self.hidden = on
        if can_hide():
            for window in QGuiApplication.allWindows():
                self._apply(window)

    def _apply(self, window: QWindow | None) -> None:
        if window is None:
            return
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), affinity(self.hidden))
        elif sys.platform == "darwin":
            _share(int(window.winId()), sharing(self.hidden))


def _share(view: int, how: int) -> None:
    """macOS: [[view window] setSharingType: how], through the runtime of Objective-C."""
    import ctypes
    import ctypes.util

    library: Any = ctypes.CDLL(ctypes.util.find_library("objc"))
    name = library.sel_registerName
    name.restype, name.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)
    ask = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", library))
    tell = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long)(("objc_msgSend", library))
    window = ask(view, name(b"window"))
    if window:
        tell(window, name(b"setSharingType:"), how)
