"""Reads how well a client is known: what the figures say, and the manager's own word with its reason and its end."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, Familiarity
from rmdesk.services.care import portfolio
from rmdesk.services.segments import tables
from rmdesk.services.store.reads import Reads


@record
class Known:
    """`used` is the class that counts today, `computed` what contacts and the profile give; q and k as in §8.

    `reason`, `set_on` and `until` tell of the manager's word, lapsed or not; None: there is none.
    """

    used: Familiarity
    computed: Familiarity
    by_hand: bool
    contacts: int  # the contact index q
    blocks: int  # of the nine, confirmed lately: the knowledge index k
    reason: str = ""
    set_on: date | None = None
    until: date | None = None


def known_of(reads: Reads, client: ClientId, day: date | None = None) -> Known | None:
    """How well a client is known; None for one who is not in the portfolio."""
    whole = portfolio.load(reads, day or clock.today(), [client])
    at = whole.place(client)
    if at is None:
        return None
    row = reads.one("SELECT reason, set_on FROM familiarity_override WHERE client_id = ?", (client,))
    set_on = None if row is None else date.fromisoformat(row[1])
    return Known(
        used=tables.CLASSES[int(whole.familiarity[at])],
        computed=tables.CLASSES[int(whole.computed[at])],
        by_hand=bool(whole.override[at]),
        contacts=int(whole.measures["q"][at]),
        blocks=int(whole.measures["k"][at]),
        reason="" if row is None else row[0],
        set_on=set_on,
        until=None if set_on is None else set_on + timedelta(lasting()),
    )


def lasting() -> int:
    """How many days the manager's word holds."""
    return tables.table().knowing.override_days
