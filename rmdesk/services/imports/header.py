"""Finds where a table begins: the header row below a title or preamble, and what that preamble says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rmdesk.services.imports import words
from rmdesk.services.imports.columns import plain

_LOOKED_AT = 80  # rows from the top in which a header is looked for
_DAY = r"((?:19|20)\d\d)(?:[-_./年](1[0-2]|0?[1-9])[-_./月](3[01]|[12]\d|0?[1-9])|(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9]))"
_IN_TEXT = re.compile(rf"(?<!\d){_DAY}(?!\d)")
_AS_OF = re.compile(
    rf"(?:截至|截止|数据日期|统计日期|报表日期|日期(?=\s*[:：])|as\s*of|as\s*at)\D{{0,6}}{_DAY}(?!\d)", re.IGNORECASE
)
_UNIT = re.compile(r"单位\s*[:：]?\s*(?:人民币)?\s*(百万元|万元|千元|亿元|元|分)")
_CURRENCY = re.compile(r"币[种别]\s*[:：]?\s*([A-Za-z]{3}|[\u4e00-\u9fff]{2,5})")

TIMES = {
    "分": "0.01",
    "元": "1",
    "千元": "1000",
    "万元": "10000",
    "万": "10000",
    "百万元": "1000000",
    "亿元": "100000000",
}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands (0-based index in the rows looked at; -1: the table has none) and its cells."""

    index: int
    cells: tuple[str, ...]
    as_of: date | None = None  # what the preamble tells
    times: str = ""
    currency: str = ""


def find(rows: Sequence[Sequence[Any]]) -> Header:
    """The header of a table from its first rows, which may hold anything above it."""
    looked = rows[:_LOOKED_AT]
    index = _best(looked)
    width = _width(rows, index)
    cells = _names(rows[index], width) if index >= 0 else tuple(f"#{i + 1}" for i in range(width))
    above = "\n".join(plain(c) for row in looked[: max(index, 0)] for c in row if c not in (None, ""))
    return Header(index, cells, _as_of(above), _times(above), _currency(above))


def _width(rows: Sequence[Sequence[Any]], index: int) -> int:
    """How many columns the table has: those with a header, and those beyond it that half of the rows fill."""
    told = max((i for i, c in enumerate(rows[index], 1) if plain(c)), default=0) if index >= 0 else 0
    filled = [max((i for i, c in enumerate(row, 1) if plain(c)), default=0) for row in rows[index + 1 :]]
    filled = sorted((f for f in filled if f), reverse=True)
    return max(told, filled[(len(filled) - 1) // 2] if filled else 0)


def _names(row: Sequence[Any], width: int) -> tuple[str, ...]:
    told = [plain(c) for c in row]
    return tuple(name or f"#{i + 1}" for i, name in enumerate((told + [""] * (width - len(told)))[:width]))


def _best(rows: Sequence[Sequence[Any]]) -> int:
    """The row most like a header: known words first, else the first full row of different texts above other values."""
    best, points = -1, 0.0
    filled = [sum(plain(c) != "" for c in row) for row in rows]
    usual = _usual_width(filled)
    for index, row in enumerate(rows):
        if filled[index] == 0 or (filled[index] < 2 and usual > 1):
            continue
        score = _likeness(row, filled[index], usual)
        if score > points + 1e-9 and _differs_below(row, rows[index + 1 :]):
            best, points = index, score
    return best


def _usual_width(filled: Sequence[int]) -> int:
    """How many cells most of the fuller rows have."""
    counted = [n for n in filled if n > 0]
    return max(set(counted), key=lambda n: (counted.count(n) * n, n)) if counted else 0


def _likeness(row: Sequence[Any], filled: int, usual: int) -> float:
    told = [plain(c) for c in row if plain(c)]
    if any(not isinstance(c, str) for c in row if c not in (None, "")):
        return 0.0
    if any(_valuelike(t) for t in told):
        return 0.0
    known = sum(_known(t) for t in told)
    distinct = len(set(told)) / len(told)
    full = min(1.0, filled / usual) if usual else 0.0
    if known == 0 and (full < 0.6 or distinct < 0.9):
        return 0.0
    return 3.0 * known / max(filled, usual) + full * distinct * (1.0 if max(map(len, told)) < 60 else 0.2)


def _known(text: str) -> bool:
    table = words.meanings()
    return words.normal(text) in table or words.undated(text)[0] in table


def _valuelike(text: str) -> bool:
    """Numbers, dates, phone numbers and addresses of mail stand in rows of data."""
    bare = text.replace(",", "").replace("-", "").replace("/", "").replace(".", "").replace(":", "").replace(" ", "")
    return (bare.isdigit() and bare != "") or ("@" in text and "." in text) or text[:1] in "¥￥$+"


def _differs_below(row: Sequence[Any], below: Sequence[Sequence[Any]]) -> bool:
    """Whether what follows looks like data rather than like one more title; an empty table may follow too."""
    following = [r for r in below[:5] if any(plain(c) for c in r)]
    if not following:
        return True
    if sum(_known(plain(c)) for c in row) >= 2:
        return True
    width = sum(plain(c) != "" for c in row)
    return any(sum(plain(c) != "" for c in r) >= 0.5 * width for r in following)


def _as_of(text: str) -> date | None:
    found = _AS_OF.search(text)
    if found:
        return _day(*found.groups())
    return day_in(text) if len(_IN_TEXT.findall(text)) == 1 else None


def day_in(text: str) -> date | None:
    """The last day written in a text, as file names carry it (_19971231, 1997-12-31, 1997年12月31日)."""
    days = [day for groups in _IN_TEXT.findall(text) if (day := _day(*groups))]
    return days[-1] if days else None


def _day(year: str, month: str, number: str, joined_month: str, joined_number: str) -> date | None:
    try:
        return date(int(year), int(month or joined_month), int(number or joined_number))
    except ValueError:
        return None


def _times(text: str) -> str:
    found = _UNIT.search(text)
    return TIMES[found[1]] if found else ""


def _currency(text: str) -> str:
    found = _CURRENCY.search(text)
    return words.choices("currency").get(words.normal(found[1]), "") if found else ""
