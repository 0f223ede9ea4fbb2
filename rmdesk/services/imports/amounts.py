"""Amounts as banks write them, exact to the minor unit: no float is ever added or multiplied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_GROUPED_OTHER = re.compile(r"[+-]?\d{1,3}(?:,\d{4})+(?:\.\d*)?")  # grouped by 万
_COMMA_DECIMAL = re.compile(r"[+-]?(?:\d{1,3}(?:[. ]\d{3})+|\d+),\d{1,2}")
_POINT_DECIMAL = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_AROUND = re.compile(r"[¥￥$€£₩₽]|(?:CNY|RMB|USD|HKD|EUR|GBP|JPY|CZK|Kč|元|圆)", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_MULTIPLES = {"万": 4, "萬": 4, "亿": 8, "億": 8}
_CREDIT = re.compile(r"(CR|DR|贷|借)$", re.IGNORECASE)
_MOST = Decimal(10) ** 15  # beyond a thousand million million no amount is real (and 64 bits are near)


def amount_of(cell: Any, decimal: str = ".") -> Decimal | None:
    """The number a cell tells, exact; None when it is no number or not surely one ("1,00" with a point as mark)."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | Decimal):
        return _sane(Decimal(cell))
    if isinstance(cell, float):
        return _sane(Decimal(repr(cell)))
    text = _AROUND.sub("", unicodedata.normalize("NFKC", str(cell)).replace("−", "-")).strip()
    negative, text = _sign(text)
    shift = 0
    if text[-1:] in _MULTIPLES:
        shift = _MULTIPLES[text[-1]]
        text = text[:-1].strip()
    number = _number(text, decimal)
    if number is None:
        return None
    return _sane(number.scaleb(shift) * (-1 if negative else 1))


def _sign(text: str) -> tuple[bool, str]:
    """Whether brackets, a minus behind, or DR make the amount negative, and the text without them."""
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.endswith("-") and len(text) > 1:
        return True, text[:-1].strip()
    mark = _CREDIT.search(text)
    if mark:
        return mark[1].upper() in ("DR", "借"), text[: mark.start()].strip()
    return False, text


def _number(text: str, decimal: str) -> Decimal | None:
    text = _SPACES.sub("", text)
    if decimal == ",":
        if "." in text and not re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?", text):
            return None
        text = text.replace(".", "").replace(",", ".")
    elif "," in text:
        if not _GROUPED.fullmatch(text) and not _GROUPED_OTHER.fullmatch(text):
            return None
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _sane(number: Decimal) -> Decimal | None:
    return number if number.is_finite() and abs(number) < _MOST else None


def minor_of(cell: Any, digits: int = 2, times: Decimal = Decimal(1), decimal: str = ".") -> int | None:
    """The cell's amount in minor units of a currency with that many digits; `times` turns it into major units."""
    number = amount_of(cell, decimal)
    if number is None:
        return None
    return int((number * times).scaleb(digits).to_integral_value(ROUND_HALF_EVEN))


def decimal_mark(cells: Iterable[Any]) -> str:
    """The decimal mark of a column: a comma when its texts can be read only so."""
    comma = point = 0
    for cell in cells:
        if isinstance(cell, str) and not cell.isdigit():
            text = _SPACES.sub("", _AROUND.sub("", unicodedata.normalize("NFKC", cell))).strip("()-")
            comma += bool(_COMMA_DECIMAL.fullmatch(text))
            point += bool(_POINT_DECIMAL.fullmatch(text))
    return "," if comma > point else "."
