"""Whoever opens a file is told what it is for: modules, public classes, and public functions of modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def unexplained(path: Path) -> Iterator[str]:
    """Public things of one file that say nothing about themselves; an enum of plain words needs no words."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if tree.body and ast.get_docstring(tree) is None and path.name != "__init__.py":
        yield f"{path.relative_to(ROOT)}: the file"
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name.startswith("_"):
            continue
        is_enum = isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases)
        is_migration = "versions" in path.parts
        if ast.get_docstring(node) is None and not is_enum and not is_migration:
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"


def test_public_things_say_what_they_are_for() -> None:
    files = sorted((ROOT / "rmdesk").rglob("*.py"))
    assert len(files) > 30
    assert [place for path in files for place in unexplained(path)] == []


def test_no_names_that_say_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "mixins"}
    names = [path.relative_to(ROOT) for path in (ROOT / "rmdesk").rglob("*") if path.stem in vague]
    assert names == []
