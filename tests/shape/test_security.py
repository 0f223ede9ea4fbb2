"""Every promise of docs/security.md names tests that are there, and its Chinese says all of it, row for row."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)`|`(test_\w+)`")


CHINESE = re.compile("[一-鿿]")


def written(name: str = "security.md") -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def promises() -> list[list[str]]:
    """The rows of the tables: promise, tests, what is not promised."""
    page = written()
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
    page = written()
    parts = {part.partition("\n")[0]: part.count("\n| ") for part in page.split("\n## ")[1:]}
    wanted = {
        "Keys", "Lock", "Backup and recovery", "Crash and disk", "The audit log", "What goes out", "Privacy",
        "Hostile input", "The hub", "Packages",
    }  # fmt: skip
    assert wanted <= parts.keys()
    assert {name for name in wanted if parts[name] < 4} == set()


def test_who_could_do_harm_comes_before_what_is_promised() -> None:
    page = written()
    told = page.partition("## Who could do harm")[2].partition("## Keys")[0]
    assert told.count("\n| ") >= 8
    assert "Not met" in told


def parts(page: str) -> list[str]:
    return re.split(r"^## ", page, flags=re.MULTILINE)


def cells(part: str) -> list[list[str]]:
    """The rows of a part's table, without its heading."""
    rows = [line.strip("| ").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_chinese_page_says_the_same_row_for_row() -> None:
    english, chinese = parts(written()), parts(written("security.zh_CN.md"))
    assert len(english) == len(chinese) >= 12
    for ours, theirs in zip(english, chinese, strict=True):
        head = theirs.partition("\n")[0]
        assert CHINESE.search(head), head
        for row, told in zip(cells(ours), cells(theirs), strict=True):
            if row[1].startswith("`tests/"):  # the same tests, and as many ends of the promise
                assert (told[1], len(told)) == (row[1], len(row)), told[0]
            named = re.sub(r"`[^`]+`", "", "".join(told[:1] + told[2:]))
            assert CHINESE.search(named), told
            code = {one for cell in (row[0], *row[2:]) for one in re.findall(r"`[^`]+`", cell)}
            assert code <= set(re.findall(r"`[^`]+`", "".join(told))), told[0]
        assert (ours.count("```"), ours.count("\n\n")) == (theirs.count("```"), theirs.count("\n\n")), head
    policy = [re.findall(r"^\w+ = \S+", page, re.MULTILINE) for page in (written(), written("security.zh_CN.md"))]
    assert policy[0] == policy[1] != []
