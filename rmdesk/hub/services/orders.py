"""What the hub signs for desks: until when one may be opened, that it must remove its data, the bank's recovery key.

The first two name hub and device, so that neither means anything to another desk or from another hub.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Protocol

LEASE, WIPE, RETIRE, ESCROW = "lease", "wipe", "retire", "escrow"
LATE_DAYS = 1  # the lease of a desk that should have removed something and did not


class Signs(Protocol):
    """The hub's signing key."""

    def sign(self, kind: str, told: dict[str, Any]) -> str:
        """A word that says so."""


def lease(
    signer: Signs,
    hub: str,
    user: str,
    device: str,
    days: int,
    now: datetime,
    exports: tuple[str, int] | None = None,
) -> str:
    """The desk may be opened for so many days more without hearing from the hub. `exports`: what may be given out
    there, and how many records at most; so signed, nobody at the desk changes it.
    """
    until = now + timedelta(days=days)
    told = {"hub": hub, "user": user, "device": device, "days": days, "at": _said(now), "not_after": _said(until)}
    if exports is not None:
        return signer.sign(LEASE, told | {"exports": exports[0], "rows": exports[1]})
    return signer.sign(LEASE, told)


def wipe(signer: Signs, hub: str, device: str, now: datetime, kind: str = WIPE) -> str:
    """The desk must remove its data: at once (wipe), or once it has handed in its work (retire)."""
    told = {"hub": hub, "device": device, "code": secrets.token_hex(16), "at": _said(now)}
    return signer.sign(kind, told)


def escrow(signer: Signs, hub: str, key: str) -> str:
    """The bank's recovery public key, for desks to seal their keys to; "" when the bank has set none."""
    return signer.sign(ESCROW, {"hub": hub, "key": key}) if key else ""


def _said(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
