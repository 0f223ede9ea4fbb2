"""How many days ahead an occasion is prepared."""

from __future__ import annotations

from rmdesk.models.kinds import ClientId
from rmdesk.services.care import portfolio
from rmdesk.services.scoring import tables
from rmdesk.services.store.reads import Reads


class LeadTimes:
    """How many days ahead an occasion is prepared: its own value, else by the client's tier.

    `long` are the clients for whom it is begun earlier; `days` tells how early for those and for the others.
    """

    def __init__(self, reads: Reads, client: ClientId | None = None) -> None:
        import numpy as np

        rule = tables.occasions()
        whole = portfolio.current(reads) if client is None else portfolio.load(reads, None, [client])
        self.long: frozenset[int] = frozenset(whole.client[np.isin(whole.tier, rule.long_tiers)].tolist())
        self.days = {True: rule.long_lead_days, False: rule.lead_days}

    def of(self, client: int, own: int | None) -> int:
        """The days of one occasion."""
        return self.days[client in self.long] if own is None else own
