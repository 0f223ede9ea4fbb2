"""Until when this desk may be opened without having heard from its hub: a lease the hub signed, and a guard against a
clock that was set back.

The desk's clock need not be right: what counts is how far it has run since the hub's own instant came. The latest
moment it ever showed is kept; a clock that shows an earlier one (by more than a few minutes) is not believed, and the
desk stays shut until the hub was heard again. Neither touches any data.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from rmdesk.base import clock
from rmdesk.base.text import Phrase, phrase
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync import state
from rmdesk.wire import signed

SLACK = timedelta(minutes=10)  # sync.md 2.10: clocks are put right by some minutes now and then
MARK_EVERY = timedelta(minutes=5)
KIND = "lease"


class How(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    SET_BACK = "set_back"


class Lease(NamedTuple):
    """What a lease says: instants of the hub's clock, UTC."""

    at: datetime
    not_after: datetime
    days: int


class Seen(NamedTuple):
    """The hub's instant and this desk's when the lease came, and the latest this desk's clock ever showed."""

    hub_at: datetime
    desk_at: datetime
    mark: datetime


class Standing(NamedTuple):
    """Whether the desk may be opened, and for how long still (0 when not)."""

    how: How
    left: timedelta


def standing(lease: Lease, seen: Seen, now: datetime) -> Standing:
    """Judge by this desk's clock, told by `now`."""
    if now < max(seen.mark, seen.desk_at) - SLACK:
        return Standing(How.SET_BACK, timedelta(0))
    left = lease.not_after - (seen.hub_at + (now - seen.desk_at))
    return Standing(How.OPEN, left) if left > timedelta(0) else Standing(How.EXPIRED, timedelta(0))


def opened(word: str, key: str, hub: str, device: str) -> Lease | None:
    """What a signed lease says; None unless this hub signed it for this desk."""
    told = signed.opened(word, KIND, key) if key else None
    if told is None or (told.get("hub"), told.get("device")) != (hub, device):
        return None
    at, until = _instant(told.get("at")), _instant(told.get("not_after"))
    return None if at is None or until is None else Lease(at, until, int(told.get("days", 0)))


def of(reads: Reads, now: datetime | None = None) -> Standing | None:
    """Where this desk stands now; None without a hub, or with one that gives no leases."""
    hub = state.hub(reads)
    if hub is None or not hub.key:
        return None
    told = opened(state.lease(reads), hub.key, hub.id, str(state.get(reads, "device") or ""))
    seen = seen_of(reads)
    return None if told is None or seen is None else standing(told, seen, now or clock.now())


def closed(reads: Reads, now: datetime | None = None) -> Phrase | None:
    """Why this desk stays shut until it has synchronised, as a sentence; None when it may be opened.

    The shell asks at unlocking and every few minutes, the command line before each command.
    """
    found = of(reads, now)
    if found is None or found.how is How.OPEN:
        return None
    if found.how is How.SET_BACK:
        return phrase("This computer's clock was set back. Synchronise once to go on; nothing is lost.")
    return phrase("This desk has not reached the hub for too long. Synchronise once to go on; nothing is lost.")


def mark_due(reads: Reads) -> bool:
    """Whether it is time for `MarkTime` again."""
    seen = seen_of(reads)
    return seen is not None and clock.now() >= seen.mark + MARK_EVERY


def seen_of(reads: Reads) -> Seen | None:
    """What is known of time; None before the first lease."""
    told = state.get(reads, "time")
    if told is None:
        return None
    found = [_instant(told.get(name)) for name in ("hub_at", "desk_at", "mark")]
    return Seen(*found) if all(found) else None  # type: ignore[arg-type]


def _instant(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
