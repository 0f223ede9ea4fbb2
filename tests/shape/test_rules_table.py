"""The table of the domain's rules names tests that are there, section by section."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "rules.md"
SECTIONS = {8, 9, 10, 11, 12, 13, 14}
ROW = re.compile(r"^\| (\d+) ([^|]+) \| (.+?) \| (.+) \|$", re.MULTILINE)
FILE = re.compile(r"`(tests/[\w/]+\.py)`: ((?:`test_\w+`(?:, )?)+)")


def rows() -> list[tuple[int, str, str, dict[str, list[str]]]]:
    """Section, theme, rule, and the tests by file."""
    return [
        (int(number), theme, rule, {path: re.findall(r"test_\w+", names) for path, names in FILE.findall(cell)})
        for number, theme, rule, cell in ROW.findall(TABLE.read_text(encoding="utf-8"))
    ]


def test_every_line_of_the_table_is_read() -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert len(lines) - 2 == len(rows())


def test_every_section_has_rules_and_they_stand_in_order() -> None:
    numbers = [number for number, *_rest in rows()]
    assert set(numbers) >= SECTIONS
    assert numbers == sorted(numbers)


def test_every_rule_names_a_test_and_no_rule_stands_twice() -> None:
    assert [rule for _number, _theme, rule, files in rows() if not any(files.values())] == []
    named = [(number, rule) for number, _theme, rule, _files in rows()]
    assert sorted(named) == sorted(set(named))


def test_every_test_that_is_named_is_there() -> None:
    missing = [
        (rule, path, name)
        for _number, _theme, rule, files in rows()
        for path, names in files.items()
        for name in names
        if not (ROOT / path).is_file() or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_nothing_else_stands_where_tests_are_named() -> None:
    for _number, _theme, rule, files in rows():
        told = sum(len(names) for names in files.values())
        line = next(text for text in TABLE.read_text(encoding="utf-8").splitlines() if f"| {rule} |" in text)
        assert line.count("`test_") == told, rule
