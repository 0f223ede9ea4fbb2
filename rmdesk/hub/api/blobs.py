"""Attachments, up and down in pieces."""

from __future__ import annotations

import re
from typing import Any

from rmdesk.hub.api.speaking import Ask, Speaker
from rmdesk.hub.failures import Failed, foreign
from rmdesk.hub.packing import Binary
from rmdesk.hub.services import blobs
from rmdesk.wire.blobs import BlobState

HASH = re.compile(r"[0-9a-f]{64}")
OFFSET = {"offset": {"type": "integer", "minimum": 0, "maximum": 1 << 31}}


def put(ask: Ask[None]) -> BlobState:
    """Send a piece of an attachment; an empty one asks how far it got."""
    return blobs.put(ask.hub, ask.caller, _hash(ask), _offset(ask), ask.body)


def get(ask: Ask[None]) -> Binary:
    """Fetch a piece of an attachment."""
    data, size = blobs.get(ask.hub, ask.caller, _hash(ask), _offset(ask))
    return Binary(data, {"X-Size": str(size), "Cache-Control": "no-store"})


def _hash(ask: Ask[Any]) -> str:
    told = ask.path["sha256"]
    if not HASH.fullmatch(told):
        raise foreign()
    return told


def _offset(ask: Ask[Any]) -> int:
    told = ask.query.get("offset", "0")
    if not re.fullmatch(r"[0-9]{1,10}", told) or int(told) > 1 << 31:
        raise Failed(422, "message", field="offset")
    return int(told)


speaker = Speaker("attachments")
speaker.put("/v1/blobs/{sha256}", put, bytes, BlobState, query=OFFSET)
speaker.get("/v1/blobs/{sha256}", get, bytes, query=OFFSET)
router = speaker.router
