"""Plain rules of events: where an invitation stands, what each guest cost, what counts as coming of it. No I/O."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from rmdesk.models.kinds import GatheringState, Reply


class Stand(StrEnum):
    """Where an invitation stands, as it goes on."""

    LISTED = "listed"
    INVITED = "invited"
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    CAME = "came"
    ABSENT = "absent"


def stand(invited: date | None, reply: str | None, came: bool | None) -> Stand:
    """Where an invitation stands: what was seen counts before what was said, that before what was sent."""
    if came is not None:
        return Stand.CAME if came else Stand.ABSENT
    if reply is not None:
        return Stand(Reply(reply).value)
    return Stand.LISTED if invited is None else Stand.INVITED


def per_head(cost: int | None, heads: int, guests: int | None) -> int | None:
    """What an event cost for each who came, in minor units, half up; None where cost or heads are not known."""
    whole = max(heads, guests or 0)
    return None if cost is None or not whole else (2 * cost + whole) // (2 * whole)


def within(event: date, day: date, days: int) -> bool:
    """Whether something on `day` counts as coming of the event: after it, up to `days` days."""
    return event < day <= event + timedelta(days)


def may(before: GatheringState, after: GatheringState) -> bool:
    """Whether an event may go from one state to the other: planned ones are held or cancelled, cancelled ones may be
    planned again; what was held is a fact."""
    return (before, after) in {
        (GatheringState.PLANNED, GatheringState.HELD),
        (GatheringState.PLANNED, GatheringState.CANCELLED),
        (GatheringState.CANCELLED, GatheringState.PLANNED),
    }
