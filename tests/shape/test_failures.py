"""The table of what can go wrong names tests that are there, and leaves out no test of a case."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "failures.md"
CASES = {*range(1, 45)}
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+) \|$", re.MULTILINE)
FILE = re.compile(r"`(tests/[\w/]+\.py)`: ((?:`test_\w+`(?:, )?)+)")


def told() -> dict[int, dict[str, set[str]]]:
    """The tests of each case, by file."""
    found: dict[int, dict[str, set[str]]] = {}
    for case, _what, cell in ROW.findall(TABLE.read_text(encoding="utf-8")):
        found[int(case)] = {path: set(re.findall(r"test_\w+", names)) for path, names in FILE.findall(cell)}
    return found


def test_every_case_has_a_row_and_a_test() -> None:
    assert set(told()) >= CASES
    assert [case for case, files in told().items() if not any(files.values())] == []


def test_every_test_that_is_named_is_there() -> None:
    missing = [
        (case, name)
        for case, files in told().items()
        for path, names in files.items()
        for name in names
        if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_no_test_of_a_case_is_left_out() -> None:
    named = {name for files in told().values() for names in files.values() for name in names}
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_cases?_\d+\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert there - named == set()
