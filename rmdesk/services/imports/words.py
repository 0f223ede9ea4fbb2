"""The words of bank files, held as data: what stands above columns, and what stands in cells."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from typing import Any

from rmdesk.base import paths

# Columns whose cells are told in the words of another target.
_SAME_WORDS = {"product.kind": "holding.kind", "product.risk": "client.risk_level"}
_NOISE = re.compile(r"[\s_\-./\\:：*'\"“”·,，;；#&]+")
# No more than a remark: else a text of nothing but opening brackets would take the square of its length.
_BRACKETS = re.compile(r"[(（\[【<〈]([^)）\]】>〉]{0,80})[)）\]】>〉]")
_LONGEST = 400  # characters of a word that are looked at; a text of this length is none, and many such cost minutes
_DATED = re.compile(r"(?:19|20)\d\d(?:[-_./年]?(?:0[1-9]|1[0-2]|[1-9](?!\d))(?:[-_./月]?(?:[0-2]\d|3[01]))?)?[年月日]?")


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(paths.resource("imports", name).read_text(encoding="utf-8"))


def normal(word: str) -> str:
    """A header or choice without blanks, brackets, joints, width or case: "Client ID" and "client_id" are one."""
    return _NOISE.sub("", _BRACKETS.sub("", _wide(word))).casefold()


def _wide(word: str) -> str:
    return unicodedata.normalize("NFKC", word[:_LONGEST])


def bracketed(header: str) -> tuple[str, ...]:
    """What stands in brackets in a header, as in "余额(万元)"."""
    return tuple(part.strip() for part in _BRACKETS.findall(_wide(header)))


def undated(header: str) -> tuple[str, str]:
    """The normal form of a header with a date in it taken out, and that date ("" when there is none).

    "avg_balance_1997" gives ("avgbalance{year}", "1997"), "2024年3月日均" gives ("{month}日均", "2024年3月").
    """
    plain = _BRACKETS.sub("", _wide(header))
    found = _DATED.search(plain)
    if not found:
        return normal(header), ""
    digits = sum(ch.isdigit() for ch in found[0])
    mark = "{year}" if digits == 4 else "{month}" if digits <= 6 else "{day}"
    return normal(plain[: found.start()]) + mark + normal(plain[found.end() :]), found[0]


@cache
def meanings() -> dict[str, tuple[tuple[str, float], ...]]:
    """Normal header word -> the targets it may stand for, each with how telling the word is (0..1)."""
    table = _table("synonyms.toml")
    found: dict[str, list[tuple[str, float]]] = {}
    for section, weight in (("strong", 1.0), ("weak", 0.5)):
        for target, written in table[section].items():
            for place, word in enumerate(written):
                key = word.casefold() if "{" in word else normal(word)
                if all(target != known for known, _ in found.get(key, ())):
                    found.setdefault(key, []).append((target, weight - 0.001 * place))
    return {word: tuple(targets) for word, targets in found.items()}


def of_others(header: str) -> bool:
    """Whether a header speaks of the other side of a transaction, which is no client and no account here."""
    return normal(header).startswith(tuple(_table("synonyms.toml")["cells"]["others"]))


@cache
def choices(target: str) -> dict[str, str]:
    """Normal cell word -> the value it stands for, for a column of kind choice."""
    table = _table("choices.toml")[_SAME_WORDS.get(target, target)]
    return {normal(word) or word: value for value, words in table.items() for word in words}


@cache
def empties() -> frozenset[str]:
    """The cells that say nothing, in lower case."""
    return frozenset(_table("synonyms.toml")["cells"]["empty"])


@cache
def totals() -> frozenset[str]:
    """The words that begin a row of totals, in lower case and without blanks."""
    return frozenset(normal(word) for word in _table("synonyms.toml")["cells"]["total"])


def plain_header(header: str) -> str:
    """A header without what stands in brackets."""
    return _BRACKETS.sub("", header).strip()
