"""What the widgets of this house are to a screen reader: the roles that Qt cannot know.

Qt takes whatever paints itself or is put together from parts for a mere area. Such a class says what it is by
`told_as`, one of the roles below; `told_value()` says what is chosen in it, `told_open()` whether it is unfolded.
Headings and tabs are known by the properties that the style sheet looks at.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleStateChangeEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAccessibleWidget,
    QCheckBox,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

Role = QAccessible.Role
BUTTON, ITEM, CHOICE, CELL = Role.Button, Role.ListItem, Role.ComboBox, Role.Cell
TEXT = Role.StaticText
CHART, PICTURE, GROUP, ALERT = Role.Chart, Role.Graphic, Role.Grouping, Role.AlertMessage
DECORATION = Role.Whitespace  # the words beside it, or those of what it lies in, say the same
HEADINGS = ("title", "heading", "brand")
PRESS, TOGGLE = "Press", "Toggle"  # as Qt calls them

_installed = False


def install() -> None:
    """Let Qt ask here first; once for the whole program."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_face)


def unfolded(widget: QWidget) -> None:
    """Tell whoever listens that a widget was unfolded, or folded."""
    if QAccessible.isActive():
        changed = QAccessible.State()
        changed.expanded = True
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(widget, changed))


def _face(_kind: str, thing: QObject) -> QAccessibleWidget | None:
    role = _role(thing)
    if role is not None and isinstance(thing, QWidget):
        return Face(thing, role)
    if isinstance(thing, QAbstractButton) and thing.isCheckable() and not isinstance(thing, QToolButton):
        return Switch(thing)
    return None


def _role(thing: QObject) -> QAccessible.Role | None:
    if isinstance(thing, QLabel) and thing.property("role") in HEADINGS:
        return Role.Heading
    if isinstance(thing, QPushButton) and thing.property("kind") == "tab":
        return Role.PageTab
    found: QAccessible.Role | None = getattr(type(thing), "told_as", None)
    return found


class Face(QAccessibleWidget):
    """One widget as a screen reader finds it. Pressing it is what Enter does."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)

    def text(self, what: QAccessible.Text) -> str:
        widget: Any = self.widget()
        if what == QAccessible.Text.Name and isinstance(widget, QLabel | QPushButton):
            return widget.accessibleName() or widget.text().replace("&", "")
        if what == QAccessible.Text.Value and hasattr(widget, "told_value"):
            return str(widget.told_value())
        return super().text(what)

    def state(self) -> QAccessible.State:
        state: Any = super().state()
        widget: Any = self.widget()
        if isinstance(widget, QPushButton):
            state.selectable, state.selected = True, widget.isChecked()
        told: Callable[[], bool] | None = getattr(widget, "told_open", None)
        if told is not None:
            state.expandable, state.expanded, state.collapsed = True, told(), not told()
        return state  # type: ignore[no-any-return]

    def actionNames(self) -> list[str]:
        pressed = self.role() in (BUTTON, ITEM, CELL, Role.PageTab)
        return [*([PRESS] if pressed else []), *super().actionNames()]

    def doAction(self, name: str) -> None:
        widget = self.widget()
        if name != PRESS:
            super().doAction(name)
        elif isinstance(widget, QPushButton):
            widget.click()
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
                QCoreApplication.sendEvent(widget, key)


class Switch(QAccessibleWidget):
    """A button that stays down. Qt's own changes only how it looks: whoever listens to clicks would never know."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button, Role.CheckBox)

    def role(self) -> QAccessible.Role:
        # Asked every time: which group a button belongs to is said after it is made.
        button = self._button()
        group = button.group()
        exclusive = button.autoExclusive() or (group is not None and group.exclusive())
        return Role.RadioButton if exclusive else Role.CheckBox

    def text(self, what: QAccessible.Text) -> str:
        if what == QAccessible.Text.Name:
            return self._button().accessibleName() or self._button().text().replace("&", "")
        return super().text(what)

    def state(self) -> QAccessible.State:
        state: Any = super().state()
        button = self._button()
        state.checkable, state.checked, state.pressed = True, button.isChecked(), button.isDown()
        if isinstance(button, QCheckBox):
            state.checkStateMixed = button.checkState() == Qt.CheckState.PartiallyChecked
        return state  # type: ignore[no-any-return]

    def actionNames(self) -> list[str]:
        return [*([TOGGLE] if self._button().isEnabled() else []), *super().actionNames()]

    def doAction(self, name: str) -> None:
        if name == TOGGLE:
            self._button().click()
        else:
            super().doAction(name)

    def _button(self) -> QAbstractButton:
        button: Any = self.widget()
        return button  # type: ignore[no-any-return]
