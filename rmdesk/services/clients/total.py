"""The portfolio in one line: how many clients, and what they hold together."""

from __future__ import annotations

from datetime import date

from rmdesk.base.record import record
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.general import CURRENCY
from rmdesk.services.store.reads import Reads


@record
class Total:
    """`aum_minor` is in minor units of `currency`; None while no client's assets are known.

    `as_of` is the day of the latest hand-over that holds; None before the first.
    """

    clients: int
    aum_minor: int | None
    currency: str
    as_of: date | None = None


def total(reads: Reads) -> Total:
    """All clients that are not merged into another, with the sum of their known assets."""
    row = reads.one(
        """
        SELECT count(*), sum(f.aum_minor)
        FROM client c LEFT JOIN client_figures f ON f.client_id = c.id
        WHERE c.merged_into IS NULL
        """
    )
    clients, aum = row or (0, None)
    told = reads.value("SELECT max(as_of) FROM batch WHERE state IN ('applied', 'told')")
    return Total(
        int(clients),
        None if aum is None else int(aum),
        settings.value(reads, CURRENCY),
        None if told is None else date.fromisoformat(str(told)),
    )
