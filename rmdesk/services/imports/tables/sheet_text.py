"""Cuts the XML of a sheet into pieces of whole rows, and reads the usual ones without an XML parser.

Nearly all exports write cells in one of few ways. A piece that consists of nothing else is read by one regular
expression, three times as fast as an XML parser calls back; any other piece goes to the parser.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Protocol

_CELL = (
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,5})")?(?: t="(n|s|str|inlineStr|b|e)")?'
    r"(?:/>|>(?:<v>([^<]*)</v>|<is><t(?: xml:space=\"preserve\")?>([^<]*)</t></is>)?</c>)"
)
_TOKEN = re.compile(rf"{_CELL}|(<row)(?: r=\"(\d{{1,7}})\")?(?:(?! r=)[^<>/])*(/?)>|(</row>)|\s+")
_ROW_END = b"</row>"
_LONGEST_ROW = 8 << 20  # bytes


class Rows(Protocol):
    """Takes what is found: the beginning of a row (its number, "" when not told), its cells, its end."""

    def new_row(self, number: str) -> None: ...

    def cell(self, letters: str, style: str, kind: str, text: str) -> None: ...

    def end_row(self) -> None: ...


def pieces(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The bytes of a sheet as pieces: (piece, whether it is whole rows and nothing else).

    A sheet whose names are prefixed or whose text is no UTF-8 comes in pieces that are not.
    """
    buffer = b""
    inside = False
    for block in blocks:
        buffer += block
        if not inside:
            at = buffer.find(b"<sheetData>")
            if at < 0:
                if len(buffer) > 65536:
                    break
                continue
            inside = True
            yield buffer[: at + 11], False
            buffer = buffer[at + 11 :]
        at = buffer.find(b"</sheetData")
        last = buffer.rfind(_ROW_END, 0, at if at >= 0 else len(buffer)) + len(_ROW_END)
        if last >= len(_ROW_END):
            yield buffer[:last], True
            buffer = buffer[last:]
        if at >= 0 or len(buffer) > _LONGEST_ROW:
            break
    yield buffer, False
    for block in blocks:
        yield block, False


def read(piece: bytes, rows: Rows) -> bool:
    """Reads a piece of usual rows; False, with nothing taken, when it holds anything unusual."""
    try:
        text = piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if _TOKEN.sub("", text):
        return False
    for letters, style, kind, value, inline, begin, number, closed, end in _TOKEN.findall(text):
        if letters:
            told = value or inline
            if told:
                rows.cell(letters, style, kind, html.unescape(told) if "&" in told else told)
        elif end:
            rows.end_row()
        elif begin:
            rows.new_row(number)
            if closed:
                rows.end_row()
    return True
