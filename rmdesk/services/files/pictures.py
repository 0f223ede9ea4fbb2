"""Pictures without what the camera tells of place, device and person.

Nothing is painted anew: the compressed picture stays as it is, and only the parts around it that a reader needs to
show it are kept (size, colours, transparency, animation). Of the notes of the camera one survives, which way up the
picture is; it is written anew as a block with nothing else in it. What follows the end of the picture goes, too:
phones hide second pictures and whole videos there, each with notes of its own.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from rmdesk.services.files.kinds import Kind

PNG_START = b"\x89PNG\r\n\x1a\n"
UPRIGHT = 1  # of the eight orientations of EXIF

# PNG: the chunks that say how the picture looks (PNG 3rd edition); comments, times and notes are not among them.
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD",
     b"pHYs", b"acTL", b"fcTL", b"fdAT"}
)  # fmt: skip
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_NOTES = 0b0000_1100  # the flags of EXIF and XMP in VP8X

_SOI, _EOI, _SOS, _APP0, _APP2, _APP14 = 0xD8, 0xD9, 0xDA, 0xE0, 0xE2, 0xEE
_RESTARTS = range(0xD0, 0xD8)
_APPS = range(0xE0, 0xF0)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_COMMENT = 0xFE
_ORIENTATION = 0x0112


class Damaged(ValueError):
    """The picture ends too early or contradicts itself."""


def stripped(content: bytes, kind: Kind) -> bytes:
    """The picture without notes; the same bytes when stripped again. Raises Damaged."""
    try:
        up = orientation(content, kind)
        match kind:
            case Kind.JPEG:
                return _jpeg(content, up)
            case Kind.PNG:
                return _png(content, up)
            case _:
                return _webp(content, up)
    except (struct.error, IndexError) as error:
        raise Damaged from error


def orientation(content: bytes, kind: Kind) -> int:
    """Which way up the picture is, 1 to 8 as in EXIF; 1 when nothing is said."""
    try:
        match kind:
            case Kind.JPEG:
                found = next((part[4:] for mark, part in _segments(content) if mark == 0xE1 and _is_exif(part)), b"")
            case Kind.PNG:
                found = next((body for name, body in _chunks(content) if name == b"eXIf"), b"")
            case _:
                found = next((body for name, body in _riff(content) if name == b"EXIF"), b"")
        return _orientation(found.removeprefix(b"Exif\x00\x00"))
    except (struct.error, IndexError, Damaged):
        return UPRIGHT


def size_of(content: bytes, kind: Kind) -> tuple[int, int]:
    """Width and height in pixels, as stored; raises Damaged when they are not told."""
    try:
        match kind:
            case Kind.JPEG:
                for mark, part in _segments(content):
                    if mark in _FRAMES:
                        height, width = struct.unpack_from(">HH", part, 5)
                        return width, height
            case Kind.PNG:
                for name, body in _chunks(content):
                    if name == b"IHDR":
                        return struct.unpack_from(">II", body)
            case _:
                return _webp_size(content)
    except (struct.error, IndexError) as error:
        raise Damaged from error
    raise Damaged


# JPEG (ITU-T T.81): segments, each with a mark; the compressed picture follows the mark SOS.


def _jpeg(content: bytes, up: int) -> bytes:
    kept = [b"\xff\xd8"]
    notes = _exif(up)
    for mark, part in _segments(content):
        if (mark in _APPS and not _is_needed(mark, part)) or mark == _COMMENT:
            continue
        kept.append(part)
        if mark == _APP0 and notes:
            kept.append(_exif_segment(notes))
            notes = b""
    if notes:
        kept.insert(1, _exif_segment(notes))
    return b"".join(kept)


def _is_needed(mark: int, part: bytes) -> bool:
    """JFIF says how dense the dots are, Adobe and ICC which colours are meant; all other notes go."""
    if mark == _APP0:
        return part[4:9] == b"JFIF\x00"
    if mark == _APP2:
        return part[4:16] == b"ICC_PROFILE\x00"
    return mark == _APP14 and part[4:9] == b"Adobe"


def _is_exif(part: bytes) -> bool:
    return part[4:10] == b"Exif\x00\x00"


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Mark and bytes of each segment after the first, up to the end of the picture."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise Damaged
        mark = content[at + 1]
        if mark == 0xFF:  # fill bytes
            at += 1
            continue
        if mark == _EOI:
            yield mark, b"\xff\xd9"
            return
        if mark in _RESTARTS or mark in (0x01, _SOI):
            at += 2
            continue
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if end > len(content):
            raise Damaged
        if mark == _SOS:
            end = _end_of_scan(content, end)
        yield mark, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the compressed part ends: at a mark that is no stuffed zero and no restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Damaged
        if content[at + 1] not in _RESTARTS and content[at + 1] not in (0x00, 0xFF):
            return at
        at += 1 if content[at + 1] == 0xFF else 2


# PNG: chunks with length, name, content and checksum.


def _png(content: bytes, up: int) -> bytes:
    kept = [PNG_START]
    for name, body in _chunks(content):
        if name not in _PNG_KEPT:
            continue
        kept.append(_chunk(name, body))
        if name == b"IHDR" and _exif(up):
            kept.append(_chunk(b"eXIf", _exif(up)))
    return b"".join(kept)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_START)
    while True:
        size, name = struct.unpack_from(">I4s", content, at)
        if len(content) < at + 12 + size:
            raise Damaged
        yield name, content[at + 8 : at + 8 + size]
        if name == b"IEND":
            return
        at += 12 + size


# WebP: a RIFF file, chunks of even length.


def _webp(content: bytes, up: int) -> bytes:
    notes = _exif(up)
    parts = [(name, body) for name, body in _riff(content) if name in _WEBP_KEPT]
    if not any(name in (b"VP8 ", b"VP8L", b"ANMF") for name, _body in parts):
        raise Damaged
    if notes and parts[0][0] != b"VP8X":
        parts.insert(0, (b"VP8X", _extended(_webp_size(content), parts)))
    written = b"".join(_riff_chunk(name, _flagged(body, notes) if name == b"VP8X" else body) for name, body in parts)
    if notes:
        written += _riff_chunk(b"EXIF", notes)
    return b"RIFF" + struct.pack("<I", len(written) + 4) + b"WEBP" + written


def _flagged(body: bytes, notes: bytes) -> bytes:
    flags = body[0] & ~_WEBP_NOTES | (0b1000 if notes else 0)
    return bytes([flags]) + body[1:]


def _extended(size: tuple[int, int], parts: list[tuple[bytes, bytes]]) -> bytes:
    """The head of a file that has more than the picture."""
    if 0 in size:
        raise Damaged
    alpha = 0b1_0000 if any(name == b"VP8L" and body[4] & 0x10 for name, body in parts) else 0
    width, height = (side - 1 for side in size)
    return bytes([alpha, 0, 0, 0]) + width.to_bytes(3, "little") + height.to_bytes(3, "little")


def _riff_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


def _riff(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    end = 8 + struct.unpack_from("<I", content, 4)[0]
    if end > len(content) + 1:
        raise Damaged
    while at + 8 <= min(end, len(content)):
        name, size = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + size]
        if len(body) < size:
            raise Damaged
        yield name, body
        at += 8 + size + size % 2


def _webp_size(content: bytes) -> tuple[int, int]:
    for name, body in _riff(content):
        if name == b"VP8X":
            return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
        if name == b"VP8 ":
            width, height = struct.unpack_from("<HH", body, 6)
            return width & 0x3FFF, height & 0x3FFF
        if name == b"VP8L":
            bits = int.from_bytes(body[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise Damaged


# EXIF: a TIFF in little, of which one entry is read and at most one written.


def _orientation(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return UPRIGHT
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(count):
        tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == _ORIENTATION:
            return int(value) if value in range(1, 9) else UPRIGHT
    return UPRIGHT


def _exif(up: int) -> bytes:
    """A TIFF with the orientation and nothing else; empty for an upright picture."""
    if up == UPRIGHT:
        return b""
    return b"MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, up, 0, 0)


def _exif_segment(tiff: bytes) -> bytes:
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
