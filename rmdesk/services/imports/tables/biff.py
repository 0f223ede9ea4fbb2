"""How much an XLS file will hold once it is laid out: read from its records, without laying anything out.

An XLS is a small file system (compound file, [MS-CFB]) with a stream of records ([MS-XLS]). Only what counts is
looked at: the corners of each sheet, and the lengths of shared texts with how often cells refer to them.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_END = 0xFFFFFFFC  # sector numbers from here on are marks
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOF, _FILEPASS, _SST, _CONTINUE, _LABELSST = 0x0809, 0x002F, 0x00FC, 0x003C, 0x00FD
_CELLS = frozenset((0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0406, 0x0206))


@dataclass(slots=True)
class Size:
    """Cells from the first to the last used one over all sheets, and bytes of their texts."""

    cells: int = 0
    text_bytes: int = 0
    encrypted: bool = False


def size_of(data: bytes) -> Size | None:
    """What the file will take; None when it is no workbook or damaged."""
    try:
        stream = _workbook(data) if data.startswith(_MAGIC) else data
        return None if stream is None else _measured(stream)
    except (struct.error, IndexError):
        return None


def _workbook(data: bytes) -> bytes | None:
    """The stream of records inside the compound file."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    if sector not in (512, 4096):
        return None
    table = _sector_table(data, sector)
    directory = _chain(data, table, struct.unpack_from("<I", data, 48)[0], sector)
    entries = [directory[i : i + 128] for i in range(0, len(directory) - 127, 128)]
    root = next((e for e in entries if e[66] == 5), None)
    for entry in entries:
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if entry[66] == 2 and name.lower() in ("workbook", "book"):
            start, size = struct.unpack_from("<II", entry, 116)
            if size >= struct.unpack_from("<I", data, 56)[0]:
                return _chain(data, table, start, sector)[:size]
            return _small(data, table, root, start, sector)[:size] if root else None
    return None


def _sector_table(data: bytes, sector: int) -> list[int]:
    places = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    per = sector // 4
    for _ in range(min(count, len(data) // sector)):
        if following >= _END:
            break
        more = struct.unpack_from(f"<{per}I", data, (following + 1) * sector)
        places += more[:-1]
        following = more[-1]
    table: list[int] = []
    for place in places:
        if place < _END and (place + 2) * sector <= len(data) + sector:
            block = data[(place + 1) * sector : (place + 2) * sector]
            table += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
    return table


def _chain(data: bytes, table: list[int], start: int, sector: int) -> bytes:
    parts = []
    for _ in range(len(table) + 1):
        if start >= _END:
            break
        parts.append(data[(start + 1) * sector : (start + 2) * sector])
        start = table[start]
    return b"".join(parts)


def _small(data: bytes, table: list[int], root: bytes, start: int, sector: int) -> bytes:
    """A stream kept in the small sectors of 64 bytes."""
    holder = _chain(data, table, struct.unpack_from("<I", root, 116)[0], sector)
    places = _chain(data, table, struct.unpack_from("<I", data, 60)[0], sector)
    small = struct.unpack(f"<{len(places) // 4}I", places[: len(places) // 4 * 4])
    parts = []
    for _ in range(len(small) + 1):
        if start >= _END:
            break
        parts.append(holder[start * 64 : start * 64 + 64])
        start = small[start]
    return b"".join(parts)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _measured(stream: bytes) -> Size:
    total = Size()
    box: list[int] = []  # first and last row and column of the sheet at hand
    used: Counter[int] = Counter()
    shared: list[bytes] = []
    in_shared = False
    for kind, body in _records(stream):
        in_shared = kind == _SST or (in_shared and kind == _CONTINUE)
        if in_shared:
            shared.append(body)
        elif kind == _BOF:
            total.cells += _area(box)
            box = []
        elif kind == _FILEPASS:
            total.encrypted = True
        elif kind in _CELLS and len(body) >= 6:
            _stretch(box, kind, body)
            if kind == _LABELSST:
                used[int.from_bytes(body[6:10], "little")] += 1
            else:
                total.text_bytes += len(body) if kind in (0x0204, 0x00D6) else 0
    total.cells += _area(box)
    lengths = _text_lengths(shared)
    total.text_bytes += sum(times * 3 * lengths[i] for i, times in used.items() if i < len(lengths))
    return total


def _stretch(box: list[int], kind: int, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == 0x00BD else column
    if not box:
        box[:] = [row, row, column, last]
    else:
        box[:] = [min(box[0], row), max(box[1], row), min(box[2], column), max(box[3], last)]


def _area(box: list[int]) -> int:
    return (box[1] - box[0] + 1) * (box[3] - box[2] + 1) if box else 0


def _text_lengths(parts: list[bytes]) -> list[int]:
    """Characters of each shared text; a text may go on in the next record, where a flag byte comes first."""
    if not parts or len(parts[0]) < 8:
        return []
    lengths: list[int] = []
    part, at = 0, 8
    while part < len(parts):
        if at + 3 > len(parts[part]):
            part, at = part + 1, 0
            continue
        count, flags = struct.unpack_from("<HB", parts[part], at)
        at += 3
        runs = struct.unpack_from("<H", parts[part], at)[0] if flags & 8 else 0
        at += 2 if flags & 8 else 0
        extra = struct.unpack_from("<I", parts[part], at)[0] if flags & 4 else 0
        at += 4 if flags & 4 else 0
        lengths.append(count)
        part, at = _past_text(parts, part, at, count, flags & 1)
        part, at = _past(parts, part, at, runs * 4 + extra)
    return lengths


def _past_text(parts: list[bytes], part: int, at: int, count: int, wide: int) -> tuple[int, int]:
    while count > 0 and part < len(parts):
        here = min(count, (len(parts[part]) - at) >> wide)
        count -= here
        at += here << wide
        if count > 0:
            part, at = part + 1, 1
            wide = parts[part][0] & 1 if part < len(parts) and parts[part] else 0
    return part, at


def _past(parts: list[bytes], part: int, at: int, size: int) -> tuple[int, int]:
    while part < len(parts) and at + size > len(parts[part]):
        size -= len(parts[part]) - at
        part, at = part + 1, 0
    return part, at + size
