"""The records of an XLS ([MS-XLS], BIFF5 and BIFF8): sheets with the values of their cells.

Only what exports use is read: numbers, texts, yes/no, the stored results of formulas, and which numbers are days.
Texts that cells share are held once, so that nothing grows beyond what the file holds.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from rmdesk.services.imports.tables.compound import Damaged
from rmdesk.services.imports.tables.styles import day, shows_day

_BOF, _EOF, _CONTINUE, _FILEPASS, _SST, _STRING = 0x0809, 0x000A, 0x003C, 0x002F, 0x00FC, 0x0207
_CODEPAGE, _DATEMODE, _FORMAT, _XF, _BOUNDSHEET = 0x0042, 0x0022, 0x041E, 0x00E0, 0x0085
_NUMBER, _RK, _MULRK, _BOOLERR = 0x0203, 0x027E, 0x00BD, 0x0205
_LABEL, _RSTRING, _LABELSST = 0x0204, 0x00D6, 0x00FD
_FORMULAS = frozenset((0x0006, 0x0206, 0x0406))
_BIFF8 = 0x0600
_WORKSHEET = 0
# Code pages that have another name in Python; 1200 (UTF-16) never holds for the bytes of BIFF5.
_CODECS = {936: "gb18030", 10008: "gb18030", 950: "big5hkscs", 10000: "mac_roman", 1200: "cp1252"}


class Encrypted(Exception):
    """The workbook is protected with a password."""


@dataclass(slots=True)
class Book:
    """What holds for all sheets, and where each begins."""

    stream: bytes
    wide: bool  # BIFF8: texts are UTF-16
    codec: str = "cp1252"
    epoch: str = "serial"
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)  # number of the format, by style
    texts: list[str] = field(default_factory=list)
    sheets: list[tuple[str, int]] = field(default_factory=list)  # name, where it begins
    days: list[bool] = field(default_factory=list)  # by style: whether its numbers are days

    def value(self, number: float, style: int) -> Any:
        """A number of a cell, or the day it stands for."""
        if not isfinite(number):
            return ""
        return day(number, self.epoch) if style < len(self.days) and self.days[style] else number


def book_of(stream: bytes) -> Book:
    """The workbook in a stream of records; raises Encrypted, and Damaged when it is none."""
    try:
        return _globals(stream)
    except (struct.error, IndexError) as error:
        raise Damaged from error


def cells(book: Book, begin: int) -> Iterator[tuple[int, int, Any]]:
    """Row and column (from 0) and value of each cell of a sheet, in the order of the file."""
    try:
        yield from _cells(book, begin)
    except (struct.error, IndexError) as error:
        raise Damaged from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _globals(stream: bytes) -> Book:
    first, version = struct.unpack_from("<HxxH", stream)
    if first != _BOF or version not in (0x0500, _BIFF8):
        raise Damaged
    book = Book(stream, version == _BIFF8)
    shared: list[bytes] = []
    last = _BOF
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            break
        if kind == _FILEPASS:
            raise Encrypted
        if kind == _SST or (kind == _CONTINUE and last == _SST):
            shared.append(body)
        else:
            _note(book, kind, body)
        last = kind if kind != _CONTINUE else last
    book.texts = list(_shared_texts(shared))
    book.days = [shows_day(number, book.formats.get(number)) for number in book.styles]
    return book


def _note(book: Book, kind: int, body: bytes) -> None:
    if kind == _CODEPAGE:
        book.codec = _codec(struct.unpack_from("<H", body)[0])
    elif kind == _DATEMODE:
        book.epoch = "serial1904" if body[:1] == b"\x01" else "serial"
    elif kind == _FORMAT:
        number = struct.unpack_from("<H", body)[0]
        book.formats[number] = _text(book, body, 2, 2 if book.wide else 1)
    elif kind == _XF:
        book.styles.append(struct.unpack_from("<H", body, 2)[0])
    elif kind == _BOUNDSHEET and body[5] == _WORKSHEET:
        book.sheets.append((_text(book, body, 6, 1), struct.unpack_from("<I", body)[0]))


def _codec(page: int) -> str:
    name = _CODECS.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _text(book: Book, body: bytes, at: int, width: int) -> str:
    """A text that is whole within its record; its length takes `width` bytes."""
    count = int.from_bytes(body[at : at + width], "little")
    at += width
    if not book.wide:
        return body[at : at + count].decode(book.codec, "replace")
    return _decoded(body[at + 1 :], count, body[at] & 1 if at < len(body) else 0)


def _decoded(body: bytes, count: int, is_wide: int) -> str:
    return body[: count * 2].decode("utf-16-le", "replace") if is_wide else body[:count].decode("latin-1")


def _shared_texts(parts: list[bytes]) -> Iterator[str]:
    """The shared texts; one may go on in the next record, where a new flag says how its letters are kept."""
    part, at = 0, 8
    while part < len(parts):
        if at + 3 > len(parts[part]):
            part, at = part + 1, at - len(parts[part]) if at > len(parts[part]) else 0
            continue
        count, flags = struct.unpack_from("<HB", parts[part], at)
        at += 3
        runs = struct.unpack_from("<H", parts[part], at)[0] if flags & 8 else 0
        at += 2 if flags & 8 else 0
        extra = struct.unpack_from("<I", parts[part], at)[0] if flags & 4 else 0
        at += 4 if flags & 4 else 0
        pieces, part, at = _pieces(parts, part, at, count, flags & 1)
        yield "".join(pieces)
        at += runs * 4 + extra  # how it looks; this may reach into the next records


def _pieces(parts: list[bytes], part: int, at: int, count: int, is_wide: int) -> tuple[list[str], int, int]:
    pieces: list[str] = []
    while True:
        here = min(count, (len(parts[part]) - at) >> is_wide)
        pieces.append(_decoded(parts[part][at : at + (here << is_wide)], here, is_wide))
        count -= here
        at += here << is_wide
        if count <= 0 or part + 1 >= len(parts):
            return pieces, part, at
        part, at = part + 1, 1
        is_wide = parts[part][0] & 1 if parts[part] else 0


def _cells(book: Book, begin: int) -> Iterator[tuple[int, int, Any]]:
    depth = 0
    formula: tuple[int, int] | None = None  # of a text that follows in a record of its own
    for kind, body in _records(book.stream, begin):
        if kind == _BOF:
            depth += 1  # a chart inside the sheet has records of its own
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth != 1:
            continue
        elif kind == _STRING and formula is not None:
            yield (*formula, _text(book, body, 0, 2))
            formula = None
        elif kind == _MULRK:
            yield from _several(book, body)
        elif kind in _SINGLE:
            row, column, style = struct.unpack_from("<HHH", body)
            value = _SINGLE[kind](book, body, style)
            formula = (row, column) if value is _LATER else None
            if value is not None and value is not _LATER:
                yield row, column, value
    raise Damaged  # the sheet never ends: rows are missing


def _several(book: Book, body: bytes) -> Iterator[tuple[int, int, Any]]:
    row, column = struct.unpack_from("<HH", body)
    for at in range(4, len(body) - 7, 6):
        style, packed = struct.unpack_from("<HI", body, at)
        yield row, column, book.value(_unpacked(packed), style)
        column += 1


def _unpacked(packed: int) -> float:
    """A number kept in 30 bits: a whole one, or the upper part of a double; hundredths where bit 0 is set."""
    if packed & 2:
        number = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        number = float(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0])
    return number / 100 if packed & 1 else number


_LATER = object()


def _formula(book: Book, body: bytes, style: int) -> Any:
    if body[12:14] != b"\xff\xff":
        return book.value(struct.unpack_from("<d", body, 6)[0], style)
    return {0: _LATER, 1: bool(body[8])}.get(body[6])  # 2 is an error, 3 an empty text


def _shared(book: Book, body: bytes, style: int) -> Any:
    return book.texts[struct.unpack_from("<I", body, 6)[0]]


_SINGLE = {
    _NUMBER: lambda book, body, style: book.value(struct.unpack_from("<d", body, 6)[0], style),
    _RK: lambda book, body, style: book.value(_unpacked(struct.unpack_from("<I", body, 6)[0]), style),
    _LABELSST: _shared,
    _LABEL: lambda book, body, style: _text(book, body, 6, 2),
    _RSTRING: lambda book, body, style: _text(book, body, 6, 2),
    _BOOLERR: lambda book, body, style: None if body[7] else bool(body[6]),
    **dict.fromkeys(_FORMULAS, _formula),
}
