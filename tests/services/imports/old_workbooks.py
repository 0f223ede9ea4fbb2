"""Makes XLS files record by record, as old programs and hostile ones write them."""

from __future__ import annotations

import struct
from pathlib import Path

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def wide(text: str, width: str = "H") -> bytes:
    """A text of BIFF8 in UTF-16."""
    return struct.pack(f"<{width}B", len(text), 1) + text.encode("utf-16-le")


def cell(kind: int, row: int, column: int, rest: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<HHH", row, column, style) + rest)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return cell(0x0203, row, column, struct.pack("<d", value), style)


def label(row: int, column: int, text: str) -> bytes:
    return cell(0x0204, row, column, wide(text))


def book(sheets: dict[str, bytes], *extra: bytes, version: int = 0x0600, codec: str = "") -> bytes:
    """A stream of records: `extra` ones that hold for all, then each sheet's cells."""
    begin, end = record(0x0809, struct.pack("<HH12x", version, 5)), record(0x000A)

    def named(name: str) -> bytes:
        return struct.pack("<B", len(name.encode(codec))) + name.encode(codec) if codec else wide(name, "B")

    size = len(begin) + sum(map(len, extra)) + sum(4 + 6 + len(named(name)) for name in sheets) + len(end)
    places, bodies = b"", b""
    for name, cells in sheets.items():
        places += record(0x0085, struct.pack("<IBB", size + len(bodies), 0, 0) + named(name))
        bodies += record(0x0809, struct.pack("<HH12x", version, 0x10)) + cells + end
    return begin + b"".join(extra) + places + end + bodies


def compound(path: Path, stream: bytes, *, name: str = "Workbook", follows: dict[int, int] | None = None) -> Path:
    """The stream in a compound file; `follows` overrides which sector follows which."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    table = [*range(1, count), END, END]  # the stream, then the directory
    tables = -(-(len(table) + 1) * 4 // SECTOR)
    while -(-(len(table) + tables) * 4 // SECTOR) > tables:
        tables += 1
    first = len(table)
    table += [TABLE] * tables
    for at, next_one in (follows or {}).items():
        table[at] = next_one
    table += [FREE] * (-len(table) % (SECTOR // 4))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, count, 0, 4096, END, 0, END, 0)
    places = [*range(first, first + tables)]
    head += struct.pack("<109I", *places, *[FREE] * (109 - tables))
    raw = stream.ljust(count * SECTOR, b"\0") + (entry("Root Entry", 5, END, 0) + entry(name, 2, 0, len(stream)))
    raw = raw.ljust((count + 1) * SECTOR, b"\0") + struct.pack(f"<{len(table)}I", *table)
    path.write_bytes(head + raw)
    return path


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    """A directory entry."""
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + bytes(48) + struct.pack("<IQ", start, size)
