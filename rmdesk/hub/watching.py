"""What passes by: each request counted and told in one line of JSON, without a value of any field; too many refused."""

from __future__ import annotations

import logging
import time
from typing import Any

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rmdesk.base import clock
from rmdesk.hub.core import Hub

LOG = logging.getLogger("rmdesk.hub")
BUSY = b'{"code":"busy","epoch":0,"field":"","order":""}'
NEVER_REFUSED = ("/healthz", "/readyz", "/metrics")


class Watch:
    """Around the application."""

    def __init__(self, app: ASGIApp, hub: Hub) -> None:
        self._app = app
        self._hub = hub
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, sent = time.perf_counter(), 500, 0

        async def sending(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        self._waiting += 1
        try:
            if self._waiting > self._hub.settings.most_waiting and scope["path"] not in NEVER_REFUSED:
                await _refuse(sending)
            else:
                await self._app(scope, receive, sending)
        finally:
            self._waiting -= 1
            self._tell(scope, status, sent, time.perf_counter() - begun)

    def _tell(self, scope: Scope, status: int, sent: int, took: float) -> None:
        route = getattr(scope.get("route"), "path", "other")
        self._hub.counts.took(route, status, took)
        if self._hub.settings.log != "off":
            tell("request", route=route, method=scope["method"], status=status, ms=round(took * 1000, 1), bytes=sent)


async def _refuse(send: Any) -> None:
    headers = [(b"content-type", b"application/json"), (b"retry-after", b"10")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": BUSY})


def tell(event: str, **told: str | int | float) -> None:
    """One line for the log: the event and ids, numbers and codes."""
    if LOG.isEnabledFor(logging.INFO):
        LOG.info(
            msgspec.json.encode({"at": clock.now().isoformat(timespec="milliseconds"), "event": event, **told}).decode()
        )
