"""The manual of the hub names every setting with its default, and none that is not there."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from rmdesk.hub.settings import PREFIX, Settings

MANUAL = Path(__file__).parents[2] / "docs" / "manual-hub.md"
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


def default(value: object) -> str:
    return "needed" if value is MISSING else f"`{value}`" if value not in ("", None) else "–"


@pytest.mark.parametrize(("language", "needed"), [("zh_CN", "必填"), ("en", "needed")])
def test_every_setting_has_its_row_in_each_language(language: str, needed: str) -> None:
    chinese, english = MANUAL.read_text(encoding="utf-8").split("\n## English\n")
    rows = ROW.findall(chinese if language == "zh_CN" else english)
    told = {PREFIX + one.name.upper(): default(one.default) for one in fields(Settings)}
    assert {name: without.replace(needed, "needed") for name, without, _what in rows} == told
    assert all(bool(re.search("[一-鿿]", what)) == (language == "zh_CN") for _name, _without, what in rows)
