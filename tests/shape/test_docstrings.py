"""Whoever opens a file is told what it is for: modules, public classes, and public functions of modules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def told_functions(layer: str) -> Iterator[tuple[str, ast.FunctionDef, str]]:
    """Public functions of a layer's modules: where, the function, its docstring."""
    for path in sorted((ROOT / "rmdesk" / layer).rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield (
                    f"{path.relative_to(ROOT).as_posix()}:{node.lineno}: {node.name}",
                    node,
                    ast.get_docstring(node) or "",
                )


def raises(function: ast.FunctionDef) -> bool:
    """Whether it refuses something by itself."""
    raised = (one.exc for one in ast.walk(function) if isinstance(one, ast.Raise))
    return any(isinstance(one, ast.Call) and ast.unparse(one.func) in ("Refused", "Trouble") for one in raised)


@pytest.mark.parametrize("layer", ["services", "wire", "base"])
def test_functions_that_refuse_say_so(layer: str) -> None:
    told = re.compile(r"refuse|trouble|raise|error|fail|damaged|wrong", re.IGNORECASE)
    refusing = [(place, said) for place, function, said in told_functions(layer) if raises(function)]
    assert [place for place, said in refusing if not told.search(said)] == []


def test_functions_that_give_columns_say_what_an_entry_is_of() -> None:
    """The function itself, or its module for all of them (`one entry per client`)."""
    told = re.compile(r"each|per |client|account|month|aligned|by name|order", re.IGNORECASE)
    array = re.compile(r"NDArray|Floats|Ints|Flags")
    columns = [
        (place, said)
        for place, function, said in told_functions("services")
        if function.returns and array.search(ast.unparse(function.returns))
    ]
    assert len(columns) > 40
    silent = [place for place, said in columns if not told.search(said)]
    modules = {place.split(":")[0] for place in silent}
    texts = {name: ast.get_docstring(ast.parse((ROOT / name).read_text(encoding="utf-8"))) or "" for name in modules}
    assert [place for place in silent if "per client" not in texts[place.split(":")[0]].replace("\n", " ")] == []


def test_public_things_say_what_they_are_for() -> None:
    files = sorted((ROOT / "rmdesk").rglob("*.py"))
    assert len(files) > 30
    assert [place for path in files for place in unexplained(path)] == []


def test_no_names_that_say_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "mixins"}
    names = [path.relative_to(ROOT) for path in (ROOT / "rmdesk").rglob("*") if path.stem in vague]
    assert names == []
