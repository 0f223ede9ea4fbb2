"""Every promise of docs/security.md names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)`|`(test_\w+)`")


def promises() -> list[list[str]]:
    """The rows of the tables: promise, tests, what is not promised."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| ")]
    return [row for row in rows if row[0].strip() not in ("promise", "---")]


def test_every_promise_names_a_test() -> None:
    assert len(promises()) >= 10
    assert [row[0] for row in promises() if len(row) != 3 or "`tests/" not in row[1]] == []


def test_every_test_that_is_named_is_there() -> None:
    missing, path = [], ROOT
    for row in promises():
        for file, name in NAMED.findall(row[1]):
            if file:
                path = ROOT / file
                if not path.is_file():
                    missing.append(file)
            elif f"def {name}(" not in path.read_text(encoding="utf-8"):
                missing.append(name)
    assert missing == []
