"""Reads the rule books: resources/rules/*.toml, where every number of the domain stands beside its source."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from rmdesk.base import paths, text
from rmdesk.base.record import record


@record
class Words:
    """A name or sentence of a rule book in both languages."""

    en: str
    zh: str

    @property
    def said(self) -> str:
        """The words in the language in use."""
        return self.zh if text.language() == "zh_CN" else self.en

    def __str__(self) -> str:
        return self.said


@cache
def book(name: str) -> dict[str, Any]:
    """One rule book as plain data, as in `book("segments")`; read once."""
    with paths.resource("rules", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def words(entry: dict[str, str]) -> Words:
    """The words of an entry `{ en = "…", zh = "…" }`."""
    return Words(en=entry["en"], zh=entry["zh"])
