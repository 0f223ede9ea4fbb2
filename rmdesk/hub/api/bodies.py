"""Bodies of requests and answers: JSON of the wire's messages, packed with zstd, within limits."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
import zstandard
from fastapi import Request, Response

from rmdesk.hub.failures import Failed
from rmdesk.wire.messages import MOST_BYTES, MOST_PACKED

T = TypeVar("T")
JSON = "application/json"
WORTH_PACKING = 600  # bytes
LEVEL = 3
WINDOW = 1 << 23


class Packed(bytes):
    """An answer that is already JSON packed with zstd."""


async def read(request: Request, most: int = MOST_BYTES) -> bytes:
    """The body, unpacked; 413 when it is too long, 415 when it is packed in an unknown way, 400 when broken."""
    packing = request.headers.get("content-encoding", "identity")
    if packing not in ("identity", "zstd"):
        raise Failed(415, "encoding")
    limit = MOST_PACKED if packing == "zstd" else most
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > limit:
            raise Failed(413, "too_long")
    return unpacked(bytes(data), most) if packing == "zstd" else bytes(data)


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


def told(body: bytes, kind: type[T]) -> T:
    """The message a body holds; 422 with the place of the fault, never its value."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise Failed(422, "message", field=str(error).rpartition("`$")[2].strip("`.")) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Failed(400, "json") from None


def packed(answer: Any) -> Packed:
    """A message as JSON packed with zstd."""
    return Packed(zstandard.ZstdCompressor(level=LEVEL).compress(msgspec.json.encode(answer)))


def respond(request: Request, answer: Any, status: int = 200, **headers: str) -> Response:
    """The answer, packed where the asker understands it and it is worth it; None answers 204."""
    if answer is None:
        return Response(status_code=204, headers=headers)
    takes = "zstd" in request.headers.get("accept-encoding", "")
    if isinstance(answer, Packed):
        data = bytes(answer) if takes else unpacked(answer, 1 << 30)
    else:
        data = msgspec.json.encode(answer)
        takes = takes and len(data) >= WORTH_PACKING
        if takes:
            data = zstandard.ZstdCompressor(level=LEVEL).compress(data)
    if takes:
        headers |= {"Content-Encoding": "zstd"}
    return Response(data, status, {"Vary": "Accept-Encoding", **headers}, JSON)
