"""Cells of a sheet that goes out: nothing in them may run, and nothing in them may break the file."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

Cell = str | int | float | Decimal | date | None

# A cell that begins with one of these is taken for a formula by spreadsheets (CSV injection, OWASP); some of them look
# through blanks before it, and take the full-width signs of Chinese input for the same.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Blanks of all kinds, and signs that have no width.
_BLANK = " \t\r\n\v\f\0\u00a0\u1680\u202f\u205f\u2060\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x2010)))
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Without control characters, which no sheet takes, and without halves of characters, which no file takes."""
    return _HALVES.sub("\ufffd", _BROKEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def defused(cell: Cell) -> Cell:
    """A text that a spreadsheet would run gets an apostrophe before it; everything else stays."""
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    runs = cell.startswith(FORMULA_STARTS) or text.lstrip(_BLANK).startswith(FORMULA_STARTS)
    return f"'{text}" if runs else text
