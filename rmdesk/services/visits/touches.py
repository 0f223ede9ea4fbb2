"""Marketing touches of a client: how many there were and are planned around a day."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.models.kinds import ClientId
from rmdesk.services.scoring import tables
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits import rules


def touch_days(reads: Reads, client: ClientId, on: date, but: str = "") -> tuple[date, ...]:
    """The days of marketing touches, held or planned, that share a window with `on`; without the visit `but`."""
    window = timedelta(days=tables.lanes().touches_days)
    rows = reads.rows(
        "SELECT \"on\" FROM visit WHERE client_id = ? AND marketing AND state IN ('held', 'planned') "
        'AND "on" BETWEEN ? AND ? AND id <> ?',
        (client, (on - window).isoformat(), (on + window).isoformat(), but),
    )
    return tuple(date.fromisoformat(row[0]) for row in rows)


def is_full(reads: Reads, client: ClientId, on: date, but: str = "") -> bool:
    """Whether a marketing touch on this day would be one too many; for a word in the form."""
    lanes = tables.lanes()
    return rules.touches_full(touch_days(reads, client, on, but), on, lanes.touches_most, lanes.touches_days)
