"""What guards the screen while the data is open: out of screenshots where that can be, and a watermark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from rmdesk.ui.shell.capture import Capture
    from rmdesk.ui.shell.watermark import Watermark


class Shield(QObject):
    """Both are made when first asked for."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__()
        self._window = window
        self._who = ""
        self.capture: Capture | None = None
        self.watermark: Watermark | None = None

    def began(self, who: str) -> None:
        """The store is open."""
        self._who = who

    def ended(self) -> None:
        """It is being closed; the gate tells nothing and needs no mark."""
        if self.watermark is not None:
            self.watermark.leave()

    def use(self, hidden: bool, marked: bool) -> None:
        """As the settings say, and the bank's policy."""
        from rmdesk.ui.shell import capture

        if hidden and self.capture is None and capture.can_hide():
            self.capture = capture.Capture(self)
        if self.capture is not None:
            self.capture.hide(hidden)
        if marked and self.watermark is None:
            from rmdesk.ui.shell.watermark import Watermark

            self.watermark = Watermark(self._window)
        if self.watermark is not None:
            self.watermark.show_for(self._who) if marked else self.watermark.leave()
