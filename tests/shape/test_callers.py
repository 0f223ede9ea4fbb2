"""Every command has a caller: a window, the command line, the hub's word, or another command that is called."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORD = re.compile(r"\b_?[A-Z][A-Za-z]+\b")


def commands() -> tuple[dict[str, set[str]], set[str]]:
    """The words in each command of the services, by its name; and the words of all that is no command."""
    inside: dict[str, set[str]] = {}
    outside: set[str] = set()
    for path in (ROOT / "rmdesk").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "services" not in path.parts or "label: ClassVar" not in text:
            outside |= set(WORD.findall(text))
            continue
        for part in ast.parse(text).body:
            words = {one.id for one in ast.walk(part) if isinstance(one, ast.Name)}
            words |= {one.attr for one in ast.walk(part) if isinstance(one, ast.Attribute)}
            if isinstance(part, ast.ClassDef) and any(
                isinstance(one, ast.FunctionDef) and one.name == "apply" for one in part.body
            ):
                inside[part.name] = words
            else:
                outside |= words
    return inside, outside


def test_every_command_has_a_caller() -> None:
    inside, called = commands()
    assert len(inside) > 200
    found: set[str] = set()
    while fresh := (called & set(inside)) - found:
        found |= fresh
        called = set().union(*(inside[name] for name in fresh))
    assert not set(inside) - found, "nothing in the program performs these commands"
