"""Small Office files, harmless and not."""

from __future__ import annotations

import io
import struct
import zipfile

TYPES = "[Content_Types].xml"


def packed(kind: str = "word", *, declared: str = "", more: tuple[str, ...] = (), password: bool = False) -> bytes:
    """A DOCX, XLSX or PPTX with further parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(TYPES, f"<Types>{declared}</Types>")
        for name in (f"{kind}/main.xml", *more):
            archive.writestr(name, "x")
    content = bytearray(held.getvalue())
    if password:  # the flag of encryption in the directory
        at = content.index(b"PK\x01\x02")
        content[at + 8] |= 1
    return bytes(content)


def open_document(kind: str = "text", more: tuple[str, ...] = ()) -> bytes:
    """An ODT, ODS or ODP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name in ("content.xml", *more):
            archive.writestr(name, "x")
    return held.getvalue()


def old(*names: str, book: bytes = b"") -> bytes:
    """A compound file with streams of these names; one called Workbook holds `book`."""
    streams = [("Root Entry", 5, b""), *((name, 2, book if name == "Workbook" else b"x" * 4096) for name in names)]
    sector = 512
    bodies, starts = b"", []
    per = -(-len(streams) * 128 // sector)
    at = 1 + per
    for _name, _kind, body in streams:
        padded = body + b"\0" * (-len(body) % sector) if body else b""
        starts.append((at if body else 0xFFFFFFFE, len(body)))
        bodies += padded
        at += len(padded) // sector
    chains = [0xFFFFFFFD, *range(2, 1 + per), 0xFFFFFFFE]
    for start, size in starts:
        if size:
            count = -(-size // sector)
            chains += [*range(start + 1, start + count), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(sector, b"\xff")
    directory = b"".join(_entry(n, k, *s) for (n, k, _b), s in zip(streams, starts, strict=True))
    head = bytearray(sector)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIII", head, 44, 1, 1, 0, 4096)
    struct.pack_into("<IIII", head, 60, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    return bytes(head) + table + directory.ljust(per * sector, b"\0") + bodies


def macro_sheet() -> bytes:
    """The head of an XLS book with a sheet of Excel 4 macros."""
    name = b"\x06\x00Macro1"
    return struct.pack("<HH", 0x809, 0) + struct.pack("<HHIBB", 0x85, 6 + len(name), 0, 0, 1) + name + b"\0" * 5000


def plain_sheet() -> bytes:
    """The head of an XLS book with an ordinary sheet."""
    name = b"\x06\x00Sheet1"
    return struct.pack("<HH", 0x809, 0) + struct.pack("<HHIBB", 0x85, 6 + len(name), 0, 0, 0) + name + b"\0" * 5000


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(written)] = written
    struct.pack_into("<HB", entry, 64, len(written) + 2, kind)
    struct.pack_into("<II", entry, 116, start, size)
    return bytes(entry)
