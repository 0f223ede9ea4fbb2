"""Reads how well the portfolio is covered: by tier, who was due and who was contacted, and who is overdue."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, Tier
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits import rules
from rmdesk.services.visits.rows import Coverage, OverdueRow, TierCoverage, Window

if TYPE_CHECKING:
    from rmdesk.services.care.facts import Flags, Floats, Ints
    from rmdesk.services.care.frame import Portfolio

LISTED = 500


@record
class Reach:
    """Who of a portfolio was due and who was contacted, one flag per client; `windows`: days, due, contacted.

    A client is due in a window when, from the last contact before it, the cadence ran out in it. Counted are clients
    who may be contacted and whose tier is known.
    """

    whole: Portfolio
    counted: Flags
    late: Flags
    windows: tuple[tuple[int, Flags, Flags], ...]


def reach(reads: Reads, day: date | None = None) -> Reach:
    """Who was due and who was contacted in the windows of the rule book, and who is overdue."""
    import numpy as np

    from rmdesk.services.care import portfolio

    today = day or clock.today()
    whole = portfolio.current(reads, today)
    counted = (whole.excluded == 0) & (whole.tier > 0)
    asked = counted & ~np.isnan(whole.cadence)
    late = asked & (np.isnan(whole.gap) | (whole.gap > whole.cadence))
    windows = []
    for days in rules.limit("coverage", "windows"):
        before = _before(reads, whole.client, today, days)
        windows.append((days, asked & (np.isnan(before) | (before >= whole.cadence)), counted & (whole.gap < days)))
    return Reach(whole, counted, late, tuple(windows))


def window(days: int, due: Flags, seen: Flags, inside: Flags) -> Window:
    """What a window comes to among some of the clients."""
    return Window(days, int((due & inside).sum()), int((due & seen & inside).sum()), int((seen & inside).sum()))


def coverage(reads: Reads, day: date | None = None) -> Coverage:
    """Coverage per tier; tiers without clients are left out."""
    today = day or clock.today()
    found = reach(reads, today)
    tiers = []
    for place, tier in reversed(list(enumerate(Tier, start=1))):
        inside = found.counted & (found.whole.tier == place)
        if inside.any():
            counts = tuple(window(*one, inside) for one in found.windows)
            tiers.append(TierCoverage(tier, int(inside.sum()), counts, int((found.late & inside).sum())))
    return Coverage(today, tuple(tiers), _overdue(reads, found.whole, found.late), int(found.late.sum()))


def _before(reads: Reads, clients: Ints, today: date, days: int) -> Floats:
    """Days from the last contact before the window until today, NaN where there was none."""
    import numpy as np

    before = np.full(len(clients), np.nan)
    for page in reads.pages(_BEFORE, {"start": (today - timedelta(days)).isoformat(), "day": today.isoformat()}):
        found = np.array(page, dtype=np.float64)
        ids = found[:, 0].astype(np.int64)
        at = np.minimum(np.searchsorted(clients, ids), len(clients) - 1)
        known = clients[at] == ids
        before[at[known]] = found[known, 1]
    return before


def _overdue(reads: Reads, whole: Portfolio, late: Flags) -> tuple[OverdueRow, ...]:
    """Who is overdue: the highest tier first, in it who is furthest past the cadence."""
    import numpy as np

    places = np.flatnonzero(late)
    over = np.where(np.isnan(whole.gap), np.inf, whole.gap / whole.cadence)[places]
    order = places[np.lexsort((whole.client[places], -over, -whole.tier[places]))][:LISTED]
    names = _names(reads, [int(whole.client[at]) for at in order])
    rows = []
    for at in order:
        client, cadence = int(whole.client[at]), int(whole.cadence[at])
        gap = None if np.isnan(whole.gap[at]) else int(whole.gap[at])
        least = int(np.nan_to_num(whole.gap_least[at])) if gap is None else gap
        tier = tuple(Tier)[int(whole.tier[at]) - 1]
        rows.append(
            OverdueRow(client, ClientId(client), names.get(client, ""), tier, gap, cadence, max(least - cadence, 0))
        )
    return tuple(rows)


_BEFORE = """
SELECT client_id, min(julianday(:day) - julianday("on")) FROM visit
WHERE state = 'held' AND two_way AND "on" <= :start GROUP BY client_id
"""


def _names(reads: Reads, clients: list[int]) -> dict[int, str]:
    rows = reads.rows(
        "SELECT id, name FROM client WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(clients),)
    )
    return {row[0]: row[1] for row in rows}
