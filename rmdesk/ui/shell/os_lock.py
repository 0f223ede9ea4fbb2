"""What the operating system tells of its own lock, of sleep and of the lid; one small module for each system."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rmdesk.ui.unlock.reasons import Reason

__all__ = ["OsLock", "Reason", "of_this_system"]


class OsLock(QObject):
    """`asked` tells that the desk is to be locked, and why. A system that is not understood tells nothing."""

    asked = Signal(object)

    def start(self) -> bool:
        """Listen; whether anything can be heard."""
        return False

    def locked(self) -> None:
        """The desk is locked and its file closed: a sleep that was held up may come now."""

    def stop(self) -> None:
        """Listen no more."""


def of_this_system(window: QWidget) -> OsLock:
    """What listens here."""
    if sys.platform == "win32":
        from rmdesk.ui.shell.os_windows import WindowsLock

        return WindowsLock(window)
    if sys.platform == "darwin":
        from rmdesk.ui.shell.os_macos import MacLock

        return MacLock()
    from rmdesk.ui.shell.os_linux import LinuxLock

    return LinuxLock()
