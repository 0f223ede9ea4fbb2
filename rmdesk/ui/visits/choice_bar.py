"""A few choices side by side, of which one holds: by mouse, number keys and arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from rmdesk.ui.kit import faces
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.widgets import Button, column, restyle

ARROWS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
GAP, SIDE = 6, 8


class ChoiceBar(QFrame):
    """One widget to the keyboard: Tab goes to the whole bar. `changed` tells each new value, `entered` that Enter was
    pressed. With `optional` the same choice again takes it back. `numbered` shows the keys 1 to 9.
    """

    told_as = faces.CHOICE

    changed = Signal(object)
    entered = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], *, optional: bool = False, numbered: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "chips")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.values = [value for value, _name in choices]
        self._optional = optional
        self._at = -1
        self._names = [name for _value, name in choices]
        flow = Flow(GAP)
        self.buttons: list[Button] = []
        for at, name in enumerate(self._names):
            button = Button(f"{at + 1} {name}" if numbered else name, kind="filter", name=name)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, at=at: self._press(at))
            self.buttons.append(button)
            flow.addWidget(button)
        outer = column(flow)
        outer.setContentsMargins(SIDE, 6, SIDE, 6)
        self.setLayout(outer)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def answer(self) -> str | None:
        """The value chosen."""
        return self.values[self._at] if self._at >= 0 else None

    def told_value(self) -> str:
        """The name of the value chosen, for a screen reader."""
        return self._names[self._at] if self._at >= 0 else ""

    def take(self, value: Any) -> None:
        """Choose a value; None chooses nothing."""
        self._set(self.values.index(value) if value in self.values else -1)

    def _press(self, at: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._set(-1 if self._optional and at == self._at else at)

    def _set(self, at: int) -> None:
        changed, self._at = at != self._at, at
        for place, button in enumerate(self.buttons):
            button.setChecked(place == at)
        self.setAccessibleDescription(self.told_value())
        if changed:
            self.changed.emit(self.answer())

    def sizeHint(self) -> QSize:
        # All choices in one line; a layout that wraps would ask for one below the other.
        wide = sum(button.sizeHint().width() + GAP for button in self.buttons) + 2 * SIDE
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        widest = max(button.sizeHint().width() for button in self.buttons) + 2 * SIDE
        return QSize(widest, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        digit = key - int(Qt.Key.Key_1)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and 0 <= digit < len(self.values):
            self._set(digit)
        elif plain and key in ARROWS:
            step = ARROWS[Qt.Key(key)]
            self._set((self._at + step) % len(self.values) if self._at >= 0 else 0)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and self._optional and key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._set(-1)
        elif plain and key == Qt.Key.Key_Space:
            self._set(max(self._at, 0))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        restyle(self, active=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        restyle(self, active=False)

    def event(self, event: QEvent) -> bool:
        # Digits belong to the bar while it has the focus, whatever they do elsewhere.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            digit = event.key() - int(Qt.Key.Key_1)
            if 0 <= digit < len(self.values) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                event.accept()
                return True
        return super().event(event)
