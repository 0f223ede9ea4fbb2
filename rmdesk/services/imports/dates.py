"""Dates as banks write them, and which order of day, month and year a column uses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

ORDERS = ("ymd", "dmy", "mdy", "yymmdd", "serial", "serial1904")

_PARTS = re.compile(
    r"^\D{0,3}?(\d{1,4})\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,4})\s*[日号.]?"
    r"(?:[T\s,]*(?:\d{1,2}[:：时.]\d{1,2}.*|星期.|周.|[上下]午.*))?$"
)
_NAMED = re.compile(r"^(\d{1,2})[-\s./]*([A-Za-z]{3,9})\.?[-\s./,]*(\d{2,4})(?:\s.*)?$")
_NAMED_FIRST = re.compile(r"^([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4})(?:\s.*)?$")
_COMPACT = re.compile(r"^(\d{8})(?:[T\s]?\d{4,6}(?:\.\d+)?Z?)?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EPOCH_1900 = date(1899, 12, 30)  # spreadsheet day 60 is the 29 February 1900 that never was: right from day 61 on
_EPOCH_1904 = date(1904, 1, 1)
_FIRST, _LAST = 1850, 2200  # years outside of this are taken for errors of typing
_NO_YEAR = re.compile(r"^(?:---?|0000-|1604-)(\d\d)-?(\d\d)$")  # 1604: what some phones write for "no year"
_YEAR_MONTH = re.compile(r"^((?:18|19|20)\d\d)[-/.年]?\s*(\d{1,2})月?$")


def day_of(cell: Any, order: str = "ymd") -> date | None:
    """The day a cell tells in a column of that order; None when it tells none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _of_number(cell, order)
    if not isinstance(cell, str):
        return None
    text = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
    if order.startswith("serial") and text.replace(".", "", 1).isdigit():
        return _of_number(float(text), order)
    return _of_text(text.strip(), order)


def _of_number(number: float, order: str) -> date | None:
    whole = int(number)
    if 18_500_000 <= whole <= 22_001_231:
        return _of_text(str(whole), "ymd")
    if order == "yymmdd" and whole <= 999_999:
        return _of_text(f"{whole:06}", order)
    if 61 <= whole < 100_000:
        return (_EPOCH_1904 if order == "serial1904" else _EPOCH_1900) + timedelta(days=whole)
    return None


def _of_text(text: str, order: str) -> date | None:
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            return _within(date.fromisoformat(text))
        except ValueError:
            return None
    compact = _COMPACT.match(text)
    if compact:
        return _of_compact(compact[1], order)
    if order == "yymmdd" and len(text) == 6 and text.isdigit():
        return _day(_full_year(int(text[:2])), int(text[2:4]), int(text[4:]))
    found = _PARTS.match(text)
    if found:
        return _of_parts(found, order)
    return _of_named(text)


def _of_compact(digits: str, order: str) -> date | None:
    if order == "dmy":
        return _day(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    if order == "mdy":
        return _day(int(digits[4:]), int(digits[:2]), int(digits[2:4]))
    return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _of_parts(found: re.Match[str], order: str) -> date | None:
    first, second, third = found[1], int(found[2]), found[3]
    if len(first) > 2:
        return _day(int(first), second, int(third)) if len(third) <= 2 else None
    if order == "mdy":
        return _day(_full_year(int(third)), int(first), second)
    if order == "dmy" or len(third) == 4:
        return _day(_full_year(int(third)), second, int(first))
    return _day(_full_year(int(first)), second, int(third))


def _of_named(text: str) -> date | None:
    found = _NAMED.match(text)
    if found:
        day, name, year = found[1], found[2], found[3]
    else:
        found = _NAMED_FIRST.match(text)
        if not found:
            return None
        name, day, year = found[1], found[2], found[3]
    short = name[:3].lower()
    if short not in _MONTHS:
        return None
    return _day(_full_year(int(year)), _MONTHS.index(short) + 1, int(day))


def _full_year(year: int) -> int:
    """Two digits: 00-69 are 2000-2069, 70-99 are 1970-1999 (POSIX's rule is 69; banks have older clients)."""
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return _within(date(year, month, day))
    except ValueError:
        return None


def _within(day: date) -> date | None:
    return day if _FIRST <= day.year <= _LAST else None


def order_of(cells: Iterable[Any]) -> tuple[str, float]:
    """The date order that reads most of a column's cells, and the share it reads (0..1).

    Where several read all, the usual one wins: year first, then day first with dots or slashes. Month first is
    taken only when day first fails.
    """
    told = [c for c in cells if c not in (None, "")]
    if not told:
        return "ymd", 1.0
    best, share = "ymd", -1.0
    for order in _tried(told):
        read = sum(day_of(c, order) is not None for c in told) / len(told)
        if read > share + 1e-9:
            best, share = order, read
    return best, share


def _tried(told: list[Any]) -> tuple[str, ...]:
    texts = [c.strip() for c in told if isinstance(c, str)]
    if texts and all(t.isdigit() and len(t) == 6 for t in texts):
        return ("yymmdd",)
    if texts and all(t.replace(".", "", 1).isdigit() and len(t.partition(".")[0]) == 5 for t in texts):
        return ("serial",)
    if texts and all(len(t) > 5 and t[:2].isdigit() and not t[2].isdigit() for t in texts):
        return ("dmy", "mdy", "ymd")
    return ("ymd", "dmy", "mdy")


def month_of(cell: Any, order: str = "ymd") -> int | None:
    """The month a cell tells, as year * 12 + month - 1: a day of it, 1993-01, 199301 or 1993年1月."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 185_001 <= cell <= 220_012:
        cell = str(int(cell))
    if isinstance(cell, str):
        found = _YEAR_MONTH.match(unicodedata.normalize("NFKC", cell).strip())
        if found and 1 <= int(found[2]) <= 12 and _FIRST <= int(found[1]) <= _LAST:
            return int(found[1]) * 12 + int(found[2]) - 1
    day = day_of(cell, order)
    return None if day is None else day.year * 12 + day.month - 1


def birth_of(cell: Any, order: str = "ymd") -> str | None:
    """A birth date as kept: YYYY-MM-DD, ---MM-DD without a year, YYYY-MM without a day."""
    if isinstance(cell, str):
        text = unicodedata.normalize("NFKC", cell).strip()
        found = _NO_YEAR.match(text)
        if found:
            return _yearless(int(found[1]), int(found[2]))
        found = _YEAR_MONTH.match(text)
        if found and order != "yymmdd" and 1 <= int(found[2]) <= 12:
            return f"{int(found[1]):04}-{int(found[2]):02}"
        found = re.match(r"^(\d{1,2})月(\d{1,2})[日号]$", text)
        if found:
            return _yearless(int(found[1]), int(found[2]))
    day = day_of(cell, order)
    if day is None:
        return None
    return _yearless(day.month, day.day) if day.year == 1604 else day.isoformat()


def _yearless(month: int, day: int) -> str | None:
    return f"---{month:02}-{day:02}" if _day(2000, month, day) else None


def czech_birth(cell: Any) -> tuple[str, str] | None:
    """Birth date and sex of a Czech birth number of the 20th century: yymmdd, women with 50 added to the month."""
    digits = f"{int(cell):06}" if isinstance(cell, int | float) else str(cell).strip().replace("/", "")
    if len(digits) not in (6, 9, 10) or not digits.isdigit():
        return None
    month = int(digits[2:4])
    sex = "F" if month > 50 else "M"
    day = _day(1900 + int(digits[:2]), month - 50 if month > 50 else month, int(digits[4:6]))
    return None if day is None else (day.isoformat(), sex)
