"""The manual of the hub names every setting with its default, and none that is not there."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path

from rmdesk.hub.settings import PREFIX, Settings

MANUAL = Path(__file__).parents[2] / "docs" / "manual-hub.md"
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


def default(value: object) -> str:
    return "needed" if value is MISSING else f"`{value}`" if value not in ("", None) else "–"


def test_every_setting_has_its_row() -> None:
    rows = {name: (without, what) for name, without, what in ROW.findall(MANUAL.read_text(encoding="utf-8"))}
    told = {PREFIX + one.name.upper(): default(one.default) for one in fields(Settings)}
    assert {name: without for name, (without, _what) in rows.items()} == told
