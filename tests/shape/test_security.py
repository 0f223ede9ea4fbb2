"""Every promise of docs/security.md names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)`|`(test_\w+)`")


def promises() -> list[list[str]]:
    """The rows of the tables: promise, tests, what is not promised."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    page = page.partition("## Keys")[2]  # who could do harm is told before, and promises nothing
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| ")]
    return [row for row in rows if row[0].strip() not in ("promise", "---")]


def test_every_promise_names_a_test() -> None:
    assert len(promises()) >= 60
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


def test_each_part_of_the_safe_has_its_promises() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    parts = {part.partition("\n")[0]: part.count("\n| ") for part in page.split("\n## ")[1:]}
    wanted = {
        "Keys", "Lock", "Backup and recovery", "Crash and disk", "The audit log", "What goes out", "Privacy",
        "Hostile input", "The hub", "Packages",
    }  # fmt: skip
    assert wanted <= parts.keys()
    assert {name for name in wanted if parts[name] < 4} == set()


def test_who_could_do_harm_comes_before_what_is_promised() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    told = page.partition("## Who could do harm")[2].partition("## Keys")[0]
    assert told.count("\n| ") >= 8
    assert "Not met" in told
