"""Which of the small modules listens to the system that this computer runs."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget

from rmdesk.ui.shell.os_lock import OsLock


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
