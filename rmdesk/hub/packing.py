"""JSON packed with zstd, and unpacked within a limit."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import zstandard

from rmdesk.hub.failures import Failed

LEVEL = 3
WINDOW = 1 << 23


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
