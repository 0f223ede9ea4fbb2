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

    `as_of` is the day of the latest hand-over that holds; None before the first. `statuses` says how many of the
    clients are active, closed and so on, the most first: all of them count.
    """

    clients: int
    aum_minor: int | None
    currency: str
    as_of: date | None = None
    statuses: tuple[tuple[str, int], ...] = ()


def total(reads: Reads) -> Total:
    """All clients that are not merged into another, with the sum of their known assets."""
    rows = reads.rows(
        """
        SELECT c.status, count(*), sum(f.aum_minor)
        FROM client c LEFT JOIN client_figures f ON f.client_id = c.id
        WHERE c.merged_into IS NULL GROUP BY c.status ORDER BY count(*) DESC, c.status
        """
    )
    known = [aum for _status, _count, aum in rows if aum is not None]
    told = reads.value("SELECT max(as_of) FROM batch WHERE state IN ('applied', 'told')")
    return Total(
        sum(count for _status, count, _aum in rows),
        sum(known) if known else None,
        settings.value(reads, CURRENCY),
        None if told is None else date.fromisoformat(str(told)),
        tuple((status, count) for status, count, _aum in rows),
    )
