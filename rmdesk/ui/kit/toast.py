"""A word in passing at the foot of the window, with one button, most often Undo. Never takes the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from rmdesk.ui.kit import faces
from rmdesk.ui.kit.widgets import label

STAYS_MS = 7000
ABOVE = 44


class Toast(QFrame):
    """Lies over its parent; `say` replaces what was said before. It waits while the mouse is on it."""

    told_as = faces.ALERT

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.text = label(wrap=True)
        self.text.setMaximumWidth(520)
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._pressed)
        box = QHBoxLayout(self)
        box.setContentsMargins(16, 10, 10, 10)
        box.setSpacing(12)
        box.addWidget(self.text, 1)
        box.addWidget(self.button)
        self._press: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, *, button: str = "", press: Callable[[], object] | None = None) -> None:
        """Show a text, with a button when one is named."""
        self._press = press
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(text)
        self.text.setMinimumWidth(min(520, self.text.fontMetrics().horizontalAdvance(text) + 8))
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Forget what was said."""
        self._press = None
        self._timer.stop()
        self.hide()
        self.text.setText("")
        self.setAccessibleName("")

    def place(self) -> None:
        """Go to the middle of the parent's foot."""
        self.adjustSize()
        over = self.parentWidget()
        if over is not None:
            self.move((over.width() - self.width()) // 2, over.height() - self.height() - ABOVE)

    def _pressed(self) -> None:
        self.hide()
        if self._press is not None:
            self._press()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
