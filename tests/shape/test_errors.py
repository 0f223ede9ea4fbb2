"""What a person is told when something fails: what happened, and what to do; trouble never leaves them alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The message says all there is: it is so already, or the calendar has no such day. Nobody can do anything about it.
NOTHING_TO_DO = {
    "answered", "asked", "bad_date", "batch_state", "ended", "greeted", "kept_already", "no_strangers", "no_such_day",
    "no_such_month", "not_planned", "not_reviewed", "nothing_asked", "out", "too_early", "too_late",
}  # fmt: skip


@cache
def failures() -> tuple[tuple[str, str, dict[str, str]], ...]:
    """Where, which kind, and what is given by name."""
    return tuple(_failures())


def _failures() -> Iterator[tuple[str, str, dict[str, str]]]:
    for path in sorted((ROOT / "rmdesk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Refused", "Trouble")
            ):
                if not node.args or ast.unparse(node.args[0]) == "''":
                    continue  # the empty one that a field begins with
                given = {one.arg: ast.unparse(one.value) for one in node.keywords if one.arg}
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.func.id, given


def test_trouble_outside_says_what_to_do() -> None:
    assert [where for where, kind, given in failures() if kind == "Trouble" and "do" not in given] == []


def test_what_is_refused_stands_beside_its_field_or_says_what_to_do() -> None:
    alone = [
        where
        for where, kind, given in failures()
        if kind == "Refused"
        and not {"do", "field"} & given.keys()
        and given.get("code", "").strip("'") not in NOTHING_TO_DO
    ]
    assert alone == []


def test_nothing_is_excused_that_is_not_there() -> None:
    used = {given.get("code", "").strip("'") for _where, _kind, given in failures() if "do" not in given}
    assert used >= NOTHING_TO_DO


def test_every_failure_has_a_code_for_scripts() -> None:
    found = list(failures())
    assert len(found) > 500
    assert [where for where, _kind, given in found if "code" not in given and "field" not in given] == []
