"""An ASGI application asked by ordinary httpx clients of many threads, without a network."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import httpx


class InProcess(httpx.BaseTransport):
    """Runs the application in an event loop of its own thread."""

    def __init__(self, app: Any) -> None:
        self._inner = httpx.ASGITransport(app)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run_coroutine_threadsafe(self._asked(request), self._loop).result(60)

    async def _asked(self, request: httpx.Request) -> httpx.Response:
        sent = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
        answer = await self._inner.handle_async_request(sent)
        pieces = [piece async for piece in answer.stream]  # type: ignore[union-attr]
        return httpx.Response(answer.status_code, headers=answer.headers.raw, stream=_Raw(b"".join(pieces)))

    def stop(self) -> None:
        """End the loop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


class _Raw(httpx.SyncByteStream):
    """Bytes as they came over the wire, still packed."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __iter__(self) -> Iterator[bytes]:
        yield self._data
