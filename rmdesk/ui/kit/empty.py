"""What a place shows when it has nothing, is waiting, or could not load: designed, not left over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict, Unpack

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from rmdesk.ui.kit.icons import pixmap
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row


class Offer(TypedDict, total=False):
    """The picture, and the one thing to do: the text of its button, and what that does."""

    icon: str
    button: str
    press: Callable[[], object] | None


class Notice(QWidget):
    """A picture, a sentence, a note and at most one button, in the middle of the place."""

    def __init__(self, text: str = "", note: str = "", **more: Unpack[Offer]) -> None:
        super().__init__()
        self._picture = QLabel()
        self._text = label(text, "heading", wrap=True)
        self._note = label(note, "soft", wrap=True)
        self.button = Button("", self._pressed)
        for part in (self._picture, self._text, self._note):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setMaximumWidth(460)
        middle = row(None, self._note, None)
        middle.setStretch(1, 4)
        box = column(None, self._picture, self._text, middle, 4, row(None, self.button, None), None, gap=8)
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)
        self.say(text, note, **more)
        theme.changed.connect(self._tint)

    def say(self, text: str, note: str = "", **more: Unpack[Offer]) -> None:
        """Show other words; without a button's text there is none."""
        button = more.get("button", "")
        self._icon, self._press = more.get("icon", "inbox"), more.get("press")
        self._text.setText(text)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{text} {note}".strip())
        self._tint()

    def _pressed(self) -> None:
        if self._press is not None:
            self._press()

    def showEvent(self, event: QShowEvent) -> None:
        self._tint()
        super().showEvent(event)

    def _tint(self) -> None:
        """Draw the picture, where it is seen: most pages never show their notice."""
        if not self.isVisible():
            return
        self._picture.setPixmap(pixmap(self._icon, "ink3", 36, self.devicePixelRatioF()))
