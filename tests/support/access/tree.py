"""Walks the accessible tree of a widget, as a screen reader does, and says what nobody could make sense of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6 import QtWidgets
from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from rmdesk.ui.kit.as_table import TABLE

ROLE = QAccessible.Role
NAME, VALUE, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description
# What says to a screen reader "there is something here": a thing that takes the keyboard may not be called that.
SHAPELESS = {ROLE.NoRole, ROLE.Client, ROLE.Grouping, ROLE.Pane, ROLE.Window, ROLE.Border, ROLE.LayeredPane}
SILENT = {ROLE.Whitespace, ROLE.Grouping, ROLE.AlertMessage}  # decoration, and what holds what is told
MOST_CELLS = 60  # of a table or list; the others are made alike
CELLS = {ROLE.Cell, ROLE.ListItem, ROLE.TreeItem}


@dataclass(slots=True)
class Node:
    """One thing of the tree, its widget when it has one of its own, and how it is reached."""

    face: QAccessibleInterface
    thing: QObject | None
    role: QAccessible.Role
    name: str

    @property
    def said(self) -> str:
        """All that is told of it."""
        return " ".join(part for part in (self.name, self.face.text(VALUE), self.face.text(DESCRIPTION)) if part)

    def __str__(self) -> str:
        kind = type(self.thing).__name__ if self.thing is not None else "part"
        return f"{kind} ({self.role.name}) {self.name!r}"


def walk(widget: QWidget) -> Iterator[Node]:
    """Everything below a widget that is seen, from the top down; long tables by their first cells."""
    face = QAccessible.queryAccessibleInterface(widget)
    if face is not None:
        yield from _below(face)


def _below(face: QAccessibleInterface) -> Iterator[Node]:
    for at in range(min(face.childCount(), MOST_CELLS)):
        child = face.child(at)
        if child is None or not child.isValid():
            continue
        thing = child.object()
        if isinstance(thing, QWidget) and not thing.isVisible():
            continue
        yield Node(child, thing, child.role(), child.text(NAME).strip())
        yield from _below(child)


def wrongs(widget: QWidget) -> list[str]:
    """What a user of a screen reader could not make sense of, each with the thing it is about."""
    found = []
    for node in walk(widget):
        found += [f"{node}: {wrong}" for wrong in _of(node)]
    return found


def _of(node: Node) -> Iterator[str]:
    thing = node.thing
    if isinstance(thing, QWidget):
        yield from _of_widget(node, thing)


def _of_widget(node: Node, widget: QWidget) -> Iterator[str]:
    stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and not _part(widget)
    if stops and widget.focusProxy() is None:
        if not _telling(node.name):
            yield "takes the keyboard and has no name"
        if node.role in SHAPELESS and not isinstance(widget, QAbstractScrollArea):
            yield "takes the keyboard and has no role"
        if not node.face.state().focusable:
            yield "takes the keyboard and does not say so"
    if node.role == ROLE.Chart and not node.face.text(DESCRIPTION):
        yield "is a chart whose figures are not told"
    if (node.role == ROLE.Chart or hasattr(widget, "facts")) and not widget.property(TABLE):
        yield "is a figure without a table"
    if isinstance(widget, QAbstractButton):
        yield from _of_button(node, widget)
    if isinstance(widget, QLabel) and widget.text() and node.role != ROLE.StaticText and not node.name:
        yield "is a text that is not told"
    if painted(widget) and not isinstance(widget, QAbstractButton) and node.role not in SILENT:
        if node.role in SHAPELESS:
            yield "paints itself and has no role"
        if not node.said:
            yield "paints itself and tells nothing"
    if node.face.state().disabled == int(widget.isEnabled()):
        yield "says the wrong thing about being enabled"
    if isinstance(widget, QAbstractItemView):
        yield from _of_cells(widget)
    if isinstance(widget, QComboBox):
        yield from _of_choice(node, widget)


def _of_button(node: Node, button: QAbstractButton) -> Iterator[str]:
    state = node.face.state()
    if not _telling(node.name):
        yield "is a button without a name"
    if node.role == ROLE.PageTab:
        right = bool(state.selected) == button.isChecked()
    else:
        right = bool(state.checkable) == button.isCheckable() and bool(state.checked) == button.isChecked()
    if not right:
        yield "says the wrong thing about being chosen"


def _of_choice(node: Node, box: QComboBox) -> Iterator[str]:
    """On Linux Qt tells what is chosen where the name should be: only a label of its own says what it is about."""
    labels = [face.text(NAME) for face, kind in node.face.relations(QAccessible.RelationFlag.Label)]
    if not any(_telling(name) for name in labels):
        yield "is a combo box of which only the value is heard"
    if len(labels) > 1:
        yield f"is told by {len(labels)} labels"
    line = box.lineEdit()
    if line is not None and not _telling(line.accessibleName()):
        yield "has a line to type in without a name"


def _of_cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    for row in range(min(model.rowCount(), 3) if model is not None else 0):
        told = [
            str(model.index(row, at).data(Qt.ItemDataRole.AccessibleTextRole) or model.index(row, at).data() or "")
            for at in range(columns)
        ]
        if not any(text.strip() for text in told):
            yield f"row {row} tells nothing"


def painted(widget: QWidget) -> bool:
    """Whether its class paints it by itself, in Python."""
    return any("paintEvent" in vars(kind) for kind in type(widget).__mro__ if kind.__module__.startswith("rmdesk"))


def _part(widget: QWidget) -> bool:
    """Whether it is the inside of something that is told as one: a field's line, a viewport, a scroll bar."""
    parent = widget.parent()
    return isinstance(widget, QScrollBar) or (
        isinstance(parent, QAbstractSpinBox | QComboBox | QAbstractScrollArea)
        and (isinstance(widget, QLineEdit) or parent.isAncestorOf(widget))
        and not isinstance(parent, QTextEdit | QPlainTextEdit)
    )


def _telling(name: str) -> bool:
    """Whether it is more than a sign; names of classes tell nothing either."""
    return any(sign.isalnum() for sign in name) and not hasattr(QtWidgets, name)
