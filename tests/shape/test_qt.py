"""Qt as rmdesk needs it: a binding that counts its references, and no slow look-ups."""

from __future__ import annotations

import ast
import enum
import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import PySide6
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget, QTableWidgetItem

UI = Path(__file__).parents[2] / "rmdesk" / "ui"
CALLS = 300


class Sender(QObject):
    """Emits what pages emit."""

    bare = Signal()
    thing = Signal(object)


def calls() -> dict[str, Callable[[], object]]:
    """What a window does all day."""
    sender, label, table, model = Sender(), QLabel(), QTableWidget(2, 2), QStandardItemModel()
    sender.bare.connect(lambda: None)
    sender.thing.connect(lambda thing: None)
    return {
        "emit": sender.bare.emit,
        "emit a thing": lambda: sender.thing.emit(None),
        "set a text": lambda: label.setText("text"),
        "set a name": lambda: label.setObjectName("name"),
        "set a cell": lambda: table.setItem(0, 0, QTableWidgetItem("cell")),
        "append a row": lambda: model.appendRow([QStandardItem("row")]),
        "parent": label.parent,
    }


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
@pytest.mark.parametrize("constant", [None, True], ids=["None", "True"])
def test_calls_give_back_every_reference_they_take(qapp: QApplication, constant: object) -> None:
    """PySide6 6.12.0 on Python 3.11 lost one reference at most calls and died after some thousand of them."""
    lost: dict[str, float] = {}
    for name, function in calls().items():
        function()
        before = sys.getrefcount(constant)
        for _ in range(CALLS):
            function()
        change = (sys.getrefcount(constant) - before) / CALLS
        if change < -0.5:
            lost[name] = change
    assert lost == {}


def test_the_binding_is_not_the_one_that_dies() -> None:
    assert PySide6.__version_info__[:2] != (6, 12) or sys.version_info >= (3, 12)


def imported_from_qt(tree: ast.Module) -> dict[str, Any]:
    """The Qt classes a module imports, by the name it gives them."""
    found: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
            module = importlib.import_module(node.module or "")
            found |= {alias.asname or alias.name: getattr(module, alias.name, None) for alias in node.names}
    return found


def unscoped(source: str) -> Iterator[tuple[int, str]]:
    """Enum members reached without their enum, as in `Qt.DisplayRole`: line and name."""
    tree = ast.parse(source)
    classes = imported_from_qt(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in classes:
            owner = classes[node.value.id]
            if not isinstance(owner, enum.EnumMeta) and isinstance(getattr(owner, node.attr, None), enum.Enum):
                yield node.lineno, f"{node.value.id}.{node.attr}"


def test_enums_are_named_in_full() -> None:
    """`Qt.DisplayRole` costs several microseconds a time, `Qt.ItemDataRole.DisplayRole` hoisted nothing."""
    found = [
        f"{path.relative_to(UI)}:{line}: {name}"
        for path in sorted(UI.rglob("*.py"))
        for line, name in unscoped(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_search_for_unscoped_enums_finds_one() -> None:
    source = "from PySide6.QtCore import Qt\n\nslow = Qt.DisplayRole\nquick = Qt.ItemDataRole.DisplayRole\n"
    assert list(unscoped(source)) == [(3, "Qt.DisplayRole")]


def test_no_layout_is_asked_for_its_items() -> None:
    """Python keeps knowing an item that Qt has deleted; what comes to lie in its place then ends the program."""
    asking = [
        f"{path.relative_to(UI)}:{node.lineno}"
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "itemAt"
    ]
    assert not asking
