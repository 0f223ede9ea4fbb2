"""Who is asking."""

from __future__ import annotations

from fastapi import Request

from rmdesk.hub.core import Caller
from rmdesk.hub.failures import Failed


def caller(request: Request) -> Caller:
    """Who sent this request: 401 when that is unknown."""
    raise Failed(401, "token")
