"""Reads how well the portfolio is covered: by tier, who was due and who was contacted, and who is overdue."""

from __future__ import annotations

import json
from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId, Tier
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits import rules
from rmdesk.services.visits.rows import Coverage, OverdueRow, TierCoverage, Window

LISTED = 500


def coverage(reads: Reads, day: date | None = None) -> Coverage:
    """Coverage per tier. A client is due in a window when, from the last contact before it, the cadence ran out in it.

    Counted are clients who may be contacted and whose tier is known; tiers without clients are left out.
    """
    import numpy as np

    from rmdesk.services.care import portfolio

    today = day or clock.today()
    whole = portfolio.current(reads, today)
    counted = (whole.excluded == 0) & (whole.tier > 0)
    asked = counted & ~np.isnan(whole.cadence)
    late = asked & (np.isnan(whole.gap) | (whole.gap > whole.cadence))
    due, met, seen = {}, {}, {}
    windows: tuple[int, ...] = tuple(rules.limit("coverage", "windows"))
    for days in windows:
        before = np.full(len(whole.client), np.nan)
        for page in reads.pages(_BEFORE, {"start": (today - timedelta(days)).isoformat(), "day": today.isoformat()}):
            found = np.array(page, dtype=np.float64)
            at = np.searchsorted(whole.client, found[:, 0].astype(np.int64))
            inside = at < len(whole.client)
            before[at[inside]] = found[inside, 1]
        due[days] = asked & (np.isnan(before) | (before >= whole.cadence))
        seen[days] = counted & (whole.gap < days)
        met[days] = due[days] & seen[days]
    tiers = []
    for at, tier in reversed(list(enumerate(Tier, start=1))):
        inside = counted & (whole.tier == at)
        if inside.any():
            counts = [
                Window(days, *(int((part[days] & inside).sum()) for part in (due, met, seen))) for days in windows
            ]
            tiers.append(TierCoverage(tier, int(inside.sum()), tuple(counts), int((late & inside).sum())))
    over = np.where(np.isnan(whole.gap), np.inf, whole.gap / np.where(asked, whole.cadence, 1.0))
    places = np.flatnonzero(late)
    order = places[np.lexsort((whole.client[places], -over[places], -whole.tier[places]))][:LISTED]
    names = _names(reads, [int(whole.client[at]) for at in order])
    rows = []
    for at in order:
        client, cadence = ClientId(int(whole.client[at])), int(whole.cadence[at])
        gap = None if np.isnan(whole.gap[at]) else int(whole.gap[at])
        past = (int(np.nan_to_num(whole.gap_least[at])) if gap is None else gap) - cadence
        tier = tuple(Tier)[int(whole.tier[at]) - 1]
        rows.append(OverdueRow(int(client), client, names.get(client, ""), tier, gap, cadence, max(past, 0)))
    return Coverage(today, tuple(tiers), tuple(rows), int(late.sum()))


# Days from the last contact before the window until today; a contact in the window says nothing of who was due in it.
_BEFORE = """
SELECT client_id, min(julianday(:day) - julianday("on")) FROM visit
WHERE state = 'held' AND two_way AND "on" <= :start GROUP BY client_id
"""


def _names(reads: Reads, clients: list[int]) -> dict[int, str]:
    rows = reads.rows(
        "SELECT id, name FROM client WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(clients),)
    )
    return {row[0]: row[1] for row in rows}
