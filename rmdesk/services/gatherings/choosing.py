"""Whom a filter of clients chooses, for the list of an event."""

from __future__ import annotations

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients.filters import ClientFilter, Order
from rmdesk.services.store.reads import Reads


def clients_of(reads: Reads, wanted: ClientFilter) -> tuple[ClientId, ...]:
    """The clients that a filter leaves, the wealthiest first."""
    from rmdesk.services.care.standing import standing
    from rmdesk.services.clients.table import find

    found = find(reads, standing(reads, clock.today()), wanted, Order("aum"))
    return tuple(map(ClientId, found.ids))
