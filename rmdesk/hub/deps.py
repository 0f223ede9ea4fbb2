"""Who is asking: found out anew with every request, so that a revoked desk is shut out at once."""

from __future__ import annotations

from fastapi import Request

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.failures import Failed
from rmdesk.hub.gate.tokens import bearer
from rmdesk.hub.services import standing


def caller(request: Request) -> Caller:
    """Who sent this request: 401 when that is unknown, 403 for a desk that may not ask (any more), 429 too often."""
    hub: Hub = request.app.state.hub
    told = hub.gate.mint.read("access", bearer(request.headers.get("authorization")), clock.now())
    if told is None:
        check_stranger(request)
        raise Failed(401, "token")
    address = request.client.host if request.client else ""
    for limiter, key in (
        (hub.gate.devices, told["device"]),
        (hub.gate.people, told["user"]),
        (hub.gate.addresses, address),
    ):
        wait = limiter.wait(key)
        if wait:
            raise Failed(429, "too_often", retry_after=wait)
    return standing.caller(hub, told["user"], told["device"], request.url.path)


def check_stranger(request: Request) -> None:
    """Somebody without a token: not too often from one address."""
    hub: Hub = request.app.state.hub
    wait = hub.gate.strangers.wait(request.client.host if request.client else "")
    if wait:
        raise Failed(429, "too_often", retry_after=wait)
