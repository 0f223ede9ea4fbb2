"""A dialog lies over a window: it has its looks from there (rmdesk/ui/kit/theme.py)."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]

DIALOGS = ("QDialog", "Sheet")


def test_every_dialog_is_given_a_parent() -> None:
    bare = []
    for path in sorted((ROOT / "rmdesk" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and any(_name(base) in DIALOGS for base in node.bases):
                bare += [
                    f"{path.name}:{call.lineno}"
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call) and _begins_without(call)
                ]
            elif isinstance(node, ast.Call) and _name(node.func) == "QDialog" and not node.args:
                bare.append(f"{path.name}:{node.lineno}")
    assert bare == []


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _begins_without(node: ast.Call) -> bool:
    """Whether this is `super().__init__()` with nothing in it."""
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr == "__init__"
        and isinstance(node.func.value, ast.Call)
        and not node.args
    )
