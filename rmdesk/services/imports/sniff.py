"""What a file is, told by its bytes: its form, encoding and delimiter. Its name is never trusted."""

from __future__ import annotations

import codecs
import csv
import math
import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

_UTF16_SAMPLE = 4096
DELIMITERS = (",", ";", "\t", "|", "\x01", "^")


class Form(StrEnum):
    """The forms of files that are told apart."""

    TEXT = "text"
    GZIP = "gzip"
    ZIP = "zip"  # XLSX, ODS, or a plain archive
    OLE = "ole"  # XLS, or another old office document
    PARQUET = "parquet"
    PDF = "pdf"
    OTHER_PACKED = "packed"


_MAGIC = (
    (b"\x1f\x8b", Form.GZIP),
    (b"PK\x03\x04", Form.ZIP),
    (b"PK\x05\x06", Form.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Form.OLE),
    (b"PAR1", Form.PARQUET),
    (b"%PDF", Form.PDF),
    (b"7z\xbc\xaf", Form.OTHER_PACKED),
    (b"Rar!", Form.OTHER_PACKED),
    (b"BZh", Form.OTHER_PACKED),
    (b"\xfd7zXZ", Form.OTHER_PACKED),
    (b"\x28\xb5\x2f\xfd", Form.OTHER_PACKED),
)
# Old BIFF sheets without a container begin with a BOF record.
_BARE_BIFF = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00")


def form_of(head: bytes) -> Form:
    """The form of a file from its first bytes."""
    for magic, form in _MAGIC:
        if head.startswith(magic):
            return form
    return Form.OLE if head.startswith(_BARE_BIFF) else Form.TEXT


def bom_of(head: bytes) -> str:
    """The encoding that a byte order mark names, or ""."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    return ""


def unmarked_utf16(head: bytes) -> str:
    """utf-16-le or utf-16-be for a text without a mark: told by its plain letters, half of whose bytes are zero."""
    sample = head[: min(len(head), _UTF16_SAMPLE) & ~1]
    if b"\x00" not in sample:
        return ""
    even, odd = sample[0::2], sample[1::2]
    found = {}
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        plain = [c for h, c in zip(high, low, strict=True) if h == 0]
        readable = sum(32 <= c < 127 or c in b"\r\n\t" for c in plain)
        breaks = any(c in b"\r\n\t,;|" for c in plain)
        found[name] = readable if breaks and readable > 0.9 * len(plain) else 0
    best = max(found, key=lambda name: found[name])
    return best if found[best] > 0.02 * len(even) and found[best] > sum(found.values()) / 2 else ""


class TextScan:
    """Tries encodings on a whole text as its blocks go by, so that no late byte comes as a surprise.

    Feed all blocks, then ask `encoding()`. UTF-8 wins when it holds to the end; then GB18030, if what it reads
    looks like Chinese and not like Latin-1 seen through it; else Latin-1 (as Windows writes it).
    """

    def __init__(self, head: bytes) -> None:
        self._sure = bom_of(head) or unmarked_utf16(head)
        self._utf8 = codecs.getincrementaldecoder("utf-8")("strict")
        self._gb = codecs.getincrementaldecoder("gb18030")("strict")
        self._utf8_holds = self._gb_holds = not self._sure
        self._pairs = self._good = 0
        self._pending = b""
        self.nulls = self.controls = self.size = self.high = 0
        self.longest = self._run = 0
        self._ascii = True

    def feed(self, block: bytes) -> None:
        """Look at the next block."""
        self.size += len(block)
        self._lines(block)
        if self._sure:
            return
        self.nulls += block.count(0)
        self.controls += len(block) - len(block.translate(None, _CONTROLS))
        if self._ascii and block.isascii():
            return
        if self._ascii:
            self._ascii = False
        if self._utf8_holds:
            self._utf8_holds = _decodes(self._utf8, block)
        if self._gb_holds:
            self._gb_holds = _decodes(self._gb, block)
        self._count_pairs(block)

    def _lines(self, block: bytes) -> None:
        last = max(block.rfind(b"\n"), block.rfind(b"\r"))
        if last < 0:
            self._run += len(block)
        else:
            first = min(p for p in (block.find(b"\n"), block.find(b"\r")) if p >= 0)
            self.longest = max(self.longest, self._run + first)
            self._run = len(block) - last - 1
        self.longest = max(self.longest, self._run)

    def _count_pairs(self, block: bytes) -> None:
        """How many two-byte characters there are, and how many lie where Chinese text has nearly all of its."""
        if self._pairs > 100_000:
            return
        pairs = Counter(_PAIR.findall(block.translate(_CLASSES)))
        self._pairs += pairs.total()
        self._good += sum(count for pair, count in pairs.items() if pair[0] == 0x63 or pair[1] in b"hc")

    def encoding(self) -> str:
        """The Python name of the encoding; "" when the bytes are no text at all."""
        if self._sure:
            return self._sure
        if self.nulls > max(16, 0.001 * self.size) or self.controls > max(32, 0.01 * self.size):
            return ""
        if self._ascii:
            return "utf-8"
        if self._utf8_holds and _ends(self._utf8):
            return "utf-8"
        if self._gb_holds and _ends(self._gb) and self._pairs and self._good >= 0.6 * self._pairs:
            return "gb18030"
        return "cp1252"


_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\x0b\x0c\x1a\x1b\x01") + b"\x7f"
# Bytes by class: h 0xA1-0xFE, c 0x81-0xA0 (rare in Latin-1), a the rest.
_PAIR = re.compile(rb"[hc].", re.DOTALL)
_CLASSES = bytes(0x68 if 0xA1 <= b <= 0xFE else 0x63 if 0x81 <= b <= 0xA0 else 0x61 for b in range(256))


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _ends(decoder: codecs.IncrementalDecoder) -> bool:
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(lines: Iterable[str]) -> str:
    """The delimiter that cuts most of these lines into the same number of cells; a comma when none does."""
    sample = list(lines)
    best, points = ",", 0.0
    for delimiter in DELIMITERS:
        widths = _widths(sample, delimiter)
        if not widths:
            continue
        width, times = max(Counter(widths).items(), key=lambda item: (item[1] * (item[0] - 1), item[0]))
        near = sum(abs(w - width) <= 1 for w in widths) / len(widths)
        score = (times / len(widths) + near) * math.log(width) if width > 1 else 0.0
        if score > points + 1e-9:
            best, points = delimiter, score
    return best


def _widths(lines: list[str], delimiter: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return []
