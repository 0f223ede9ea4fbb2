"""Sorts the rows of a table: data, blank lines, totals, repeated headers, remarks below; and makes them even."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

from rmdesk.base.text import Phrase, phrase
from rmdesk.services.imports import words
from rmdesk.services.imports.columns import plain, shown
from rmdesk.services.imports.records import Severity
from rmdesk.services.imports.tables.raw import Broken

Note = Callable[[int | None, str, str, Phrase, Phrase, Severity], None]

# Lines below a table: who made it and when, notes on it, "end of report".
_REMARKS = re.compile(
    r"^(?:注|备注|说明|制表|打印|导出|审核|复核|编制|统计|填报|报表|数据来源)"
    r"|^(?:第?\s*\d+\s*页|共\s*\d+|[-*=_#]{3,}|note|page|printed|end of)"
    r"|.{4,}[:：]|.{40,}",
    re.IGNORECASE,
)
_BEGINS = 200  # characters of a line that tell whether it is a remark
_TOTAL = (phrase("This row holds totals."), phrase("Nothing to do: it is left out."))
_REMARK = (phrase("This row is a remark, no record."), phrase("Nothing to do: it is left out."))
_BROKEN = (
    phrase("A quotation mark before this place is not closed, so that line after line became one cell."),
    phrase("Close or remove the quotation mark in the file; the rows it swallowed are missing."),
)
_TOO_MANY = (
    phrase("The row has more cells than the header has columns."),
    phrase("Look for a separator inside a text, and put that text in quotation marks."),
)


def data_rows(
    first: int, raw: Sequence[Sequence[Any]], headers: Sequence[str], note: Note
) -> tuple[list[Sequence[Any]], list[int]]:
    """The rows that hold records, with their file rows; the others are noted and left out."""
    kept: list[Sequence[Any]] = []
    numbers: list[int] = []
    begins = _beginnings() | {name[0] for name in headers[:1] if name}
    wide = len(headers) >= 3
    for number, row in enumerate(raw, first):
        if not row:
            if isinstance(row, Broken):
                note(number, "", "", *_BROKEN, Severity.REFUSED)
            continue
        lead = row[0]
        if type(lead) is str and lead and lead[0] not in begins and (not wide or (len(row) > 1 and row[1])):
            kept.append(row)
            numbers.append(number)
            continue
        kind = _kind(row, headers, wide)
        if kind == "data":
            kept.append(row)
            numbers.append(number)
        elif kind == "total":
            note(number, "", shown(_lead(row)), *_TOTAL, Severity.NOTE)
        elif kind == "remark":
            note(number, "", shown(_lead(row)), *_REMARK, Severity.NOTE)
    return kept, numbers


def _beginnings() -> frozenset[str]:
    """First characters of rows that need a second look: totals, blanks, and headers said again."""
    return frozenset({ch for word in words.totals() for ch in (word[0], word[0].upper())} | set(" \t\u3000"))


def _lead(row: Sequence[Any]) -> str:
    return next((text for c in row if (text := plain(c))), "")


def _kind(row: Sequence[Any], headers: Sequence[str], wide: bool) -> str:
    told = [text for c in row if (text := plain(c))]
    if not told:
        return "blank"
    if words.normal(told[0]) in words.totals():
        return "total"
    if wide and len(told) == 1 and _REMARKS.match(told[0][:_BEGINS]):
        return "remark"
    if [plain(c) for c in row][: len(headers)] == list(headers):
        return "blank"
    return "data"


def squared(kept: Sequence[Sequence[Any]], numbers: list[int], width: int, note: Note) -> list[Any]:
    """The rows as columns, each row brought to `width` cells, and the file rows as one more column.

    Short rows are filled up with empty cells; a row with more filled cells than columns is refused, because its
    values may have moved. Without rows the list is empty.
    """
    if all(len(row) == width for row in kept):
        return [*zip(*kept, strict=True), numbers] if kept else []
    even: list[Sequence[Any]] = []
    there: list[int] = []
    for row, number in zip(kept, numbers, strict=True):
        if len(row) > width and any(plain(c) for c in row[width:]):
            note(number, "", shown(row[width]), *_TOO_MANY, Severity.REFUSED)
            continue
        even.append(row[:width])
        there.append(number)
    if not even:
        return []
    columns = list(zip_longest(*even, fillvalue=None))
    blank = (None,) * len(there)
    return [*columns, *[blank] * (width - len(columns)), there]
