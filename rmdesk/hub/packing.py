"""JSON packed with zstd, and unpacked within a limit; how deep it may be."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec
import zstandard

from rmdesk.hub.failures import Failed

LEVEL = 3
WINDOW = 1 << 23
DEEPEST = 32  # levels of any JSON the hub is told; its messages have six
_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKETS = bytes.maketrans(b"{}", b"[]")
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))


class Packed(bytes):
    """An answer that is already JSON packed with zstd."""


class Binary(NamedTuple):
    """Bytes as they are, and headers that go with them."""

    data: bytes
    headers: dict[str, str]


def unpacked(data: bytes, most: int) -> bytes:
    """The contents of one zstd frame, never more than `most` bytes."""
    try:
        told = zstandard.get_frame_parameters(data).content_size
        if told not in (zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR) and told > most:
            raise Failed(413, "too_long")
        found = bytearray()
        with zstandard.ZstdDecompressor(max_window_size=WINDOW).stream_reader(data) as reader:
            while piece := reader.read(1 << 16):
                found += piece
                if len(found) > most:
                    raise Failed(413, "too_long")
    except zstandard.ZstdError:
        raise Failed(400, "encoding") from None
    return bytes(found)


def squeezed(data: bytes) -> bytes:
    """One zstd frame."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def packed(answer: Any) -> Packed:
    """A message as JSON packed with zstd."""
    return Packed(squeezed(msgspec.json.encode(answer)))


def deeper(data: bytes, most: int = DEEPEST) -> bool:
    """Whether JSON has more levels than that, found out without reading it. What is no JSON is for others to tell."""
    if data.count(b"[") + data.count(b"{") <= most:
        return False
    left = _STRINGS.sub(b"", data).translate(_BRACKETS, _OTHERS)
    for _level in range(most):
        left = left.replace(b"[]", b"")
        if not left:
            return False
    return left.count(b"[") == left.count(b"]")
