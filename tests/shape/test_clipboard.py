"""Everything that is copied goes through one place, where it is marked and taken away again."""

from __future__ import annotations

import re
from pathlib import Path

UI = Path(__file__).parents[2] / "rmdesk"
ONE_PLACE = UI / "ui" / "kit" / "clipboard.py"
WRITES = re.compile(r"clipboard\(\)\s*\.\s*(set\w+|clear)\b|\.clipboard\(\)\s*$", re.MULTILINE)


def test_nothing_else_writes_to_the_clipboard() -> None:
    found = [
        f"{path.relative_to(UI)}: {match.group(0).strip()}"
        for path in UI.rglob("*.py")
        if path != ONE_PLACE
        for match in WRITES.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_one_place_is_found_by_the_same_rule() -> None:
    assert WRITES.search(ONE_PLACE.read_text(encoding="utf-8"))
