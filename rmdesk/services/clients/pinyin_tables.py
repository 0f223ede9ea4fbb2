"""The tables that readings rest on, loaded once."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from rmdesk.base import paths


@dataclass(frozen=True, slots=True)
class Tables:
    """Readings by character; the values of `single` list alternatives, those of the others are final."""

    characters: dict[int, str]  # pypinyin: readings, comma-separated, by code point
    single: dict[str, list[str]]
    compound: dict[str, list[list[str]]]
    doubtful: frozenset[str]
    everywhere: dict[str, str]
    given: dict[str, str]
    last: dict[str, str]
    words: dict[str, list[str]]


@cache
def loaded() -> Tables:
    """All of them, read when they are first asked for."""
    names = _load("surnames.toml")
    other = _load("readings.toml")
    return Tables(
        characters=characters(),
        single={family: text.split() for family, text in names["single"].items()},
        compound={family: [one.split() for one in text.split("/")] for family, text in names["compound"].items()},
        doubtful=frozenset(names["doubtful"].split()),
        everywhere=other["character"],
        given=other["given"],
        last=other["last"],
        words={word: text.split() for word, text in other["word"].items()},
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(paths.resource("names", name).read_text(encoding="utf-8"))


def characters() -> dict[int, str]:
    """pypinyin's table: readings of a character, comma-separated, by code point; its phrases are not loaded."""
    before = os.environ.get("PYPINYIN_NO_PHRASES")
    os.environ["PYPINYIN_NO_PHRASES"] = "true"
    try:
        from pypinyin.constants import PINYIN_DICT
    finally:
        if before is None:
            del os.environ["PYPINYIN_NO_PHRASES"]
        else:
            os.environ["PYPINYIN_NO_PHRASES"] = before
    found: dict[int, str] = PINYIN_DICT
    return found
