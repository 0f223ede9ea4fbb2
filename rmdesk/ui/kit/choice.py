"""A combo box outside a form, with a name that is heard on every system."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QLabel


class Choice(QComboBox):
    """Called by `name`. On Linux Qt tells what is chosen in place of the name, unless a label beside the box is its
    own: this one is never seen and goes wherever the box goes.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._label = QLabel()
        self._label.hide()
        self._label.setBuddy(self)
        self.destroyed.connect(self._label.deleteLater)
        self.setAccessibleName(name)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._label.setText(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)  # what takes the keyboard then

    def setEditable(self, editable: bool) -> None:
        super().setEditable(editable)
        self.setAccessibleName(self.accessibleName())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            self._label.setParent(self.parentWidget())
        return super().event(event)
