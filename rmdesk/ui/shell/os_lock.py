"""What the operating system tells of its own lock, of sleep and of the lid: the seam that each system fills."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from rmdesk.ui.unlock.reasons import Reason

__all__ = ["OsLock", "Reason"]


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
