"""How long this desk may still be opened without having reached its hub: what the signed lease says, as days."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any

from rmdesk.base import clock
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync.lease import How
from rmdesk.services.sync.lease import of as judged
from rmdesk.services.sync.state import lease

DAY = 86_400


def days_left(reads: Reads) -> int | None:
    """Whole days until the lease runs out, -1 once it has; None when the hub gave none."""
    found = judged(reads)
    if found is not None:
        return int(found.left.total_seconds() // DAY) if found.how is How.OPEN else -1
    until = not_after(lease(reads))
    if until is None:
        return None
    seconds = (until - clock.now()).total_seconds()
    return -1 if seconds < 0 else int(seconds // DAY)


def not_after(lease_text: str) -> datetime | None:
    """The instant in a lease; None when there is none that can be read. Whether it is genuine is checked elsewhere."""
    for part in (lease_text, *lease_text.split(".")):
        told = _read(part)
        if told is not None:
            return told
    return None


def _read(part: str) -> datetime | None:
    for text in (part, _unpacked(part)):
        try:
            told: Any = json.loads(text)
            if isinstance(told, dict) and "not_after" in told:
                found = datetime.fromisoformat(str(told["not_after"]))
                return found if found.tzinfo else found.replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _unpacked(part: str) -> str:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
