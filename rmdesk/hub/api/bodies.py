"""Bodies of requests and answers: JSON of the wire's messages, packed with zstd, within limits."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from fastapi import Request, Response

from rmdesk.hub.failures import Failed
from rmdesk.hub.packing import Binary, Packed, deeper, squeezed, unpacked
from rmdesk.wire.messages import MOST_BYTES, MOST_PACKED

T = TypeVar("T")
JSON, BYTES = "application/json", "application/octet-stream"
WORTH_PACKING = 600  # bytes


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


def told(body: bytes, kind: type[T]) -> T:
    """The message a body holds; 422 with the place of the fault, never its value."""
    if deeper(body):
        raise Failed(422, "message")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise Failed(422, "message", field=str(error).rpartition("`$")[2].strip("`.")) from None
    except RecursionError:  # no JSON, and endless
        raise Failed(422, "message") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Failed(400, "json") from None


def respond(request: Request, answer: Any, status: int = 200, **headers: str) -> Response:
    """The answer, packed where the asker understands it and it is worth it; None answers 204."""
    if isinstance(answer, Binary):
        return Response(answer.data, status, {**answer.headers, **headers}, BYTES)
    if answer is None:
        return Response(status_code=204, headers=headers)
    takes = "zstd" in request.headers.get("accept-encoding", "")
    if isinstance(answer, Packed):
        data = bytes(answer) if takes else unpacked(answer, 1 << 30)
    else:
        data = msgspec.json.encode(answer)
        takes = takes and len(data) >= WORTH_PACKING
        if takes:
            data = squeezed(data)
    if takes:
        headers |= {"Content-Encoding": "zstd"}
    return Response(data, status, {"Vary": "Accept-Encoding", **headers}, JSON)
