"""A combo box outside a form, with a name that is heard on every system."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from shiboken6 import isValid

from rmdesk.ui.kit.theme import theme

LEAST = 190  # units of text that stay in any case
EDGES = 40  # pixels around the text, with the arrow


class Choice(QComboBox):
    """Called by `name`. On Linux Qt tells what is chosen in place of the name, unless a label beside the box is its
    own: this one is never seen and goes wherever the box goes.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._label: QLabel | None = None
        self.currentTextChanged.connect(lambda _text: self._hint())
        self.setAccessibleName(name)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        if self._label is not None and isValid(self._label):
            self._label.setText(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)  # what takes the keyboard then

    def setEditable(self, editable: bool) -> None:
        super().setEditable(editable)
        self.setAccessibleName(self.accessibleName())

    def minimumSizeHint(self) -> QSize:
        """Not as wide as the longest of its texts: one long name would push a form out of the window."""
        return super().minimumSizeHint().boundedTo(QSize(theme.px(LEAST), 1000))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def _hint(self) -> None:
        text = self.currentText()
        self.setToolTip(text if self.fontMetrics().horizontalAdvance(text) > self.width() - EDGES else "")

    def event(self, event: QEvent) -> bool:
        parent = self.parentWidget()
        if event.type() == QEvent.Type.ParentChange and parent is not None:
            self._stand_beside(parent)
        elif event.type() == QEvent.Type.DeferredDelete and self._label is not None and isValid(self._label):
            self._label.deleteLater()
        return super().event(event)

    def _stand_beside(self, parent: QWidget) -> None:
        if self._label is None or not isValid(self._label):
            self._label = QLabel(self.accessibleName(), parent)
            self._label.setBuddy(self)
        else:
            self._label.setParent(parent)
        self._label.hide()
