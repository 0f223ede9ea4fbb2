"""Whom a filter of clients chooses, for the list of an event."""

from __future__ import annotations

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients.filters import ClientFilter, Order
from rmdesk.services.clubs import terms
from rmdesk.services.store.reads import Reads


def clients_of(reads: Reads, wanted: ClientFilter, club: str = "") -> tuple[ClientId, ...]:
    """The clients that a filter leaves, the wealthiest first; with a club, those of them who are members today."""
    from rmdesk.services.care.standing import standing
    from rmdesk.services.clients.table import find

    found = find(reads, standing(reads, clock.today()), wanted, Order("aum"))
    if not club:
        return tuple(map(ClientId, found.ids))
    among = terms.members(reads, club)
    return tuple(ClientId(client) for client in found.ids if client in among)
