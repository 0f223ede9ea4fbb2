"""Who was met: coverage as it stood on a day, and week by week against what the cadences ask for."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.care import facts
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.rulebook import book
from rmdesk.services.store.reads import Reads

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
DAYS = 7

_LAST = 'julianday(:day{at}) - julianday(max(CASE WHEN "on" <= :day{at} THEN "on" END))'
_LASTS = """
SELECT client_id, {lasts} FROM visit WHERE state = 'held' AND two_way AND "on" <= :day0 GROUP BY client_id
"""
_MET = """
SELECT DISTINCT client_id, CAST((julianday("on") - julianday(:first)) / 7 AS INTEGER)
FROM visit WHERE state = 'held' AND two_way AND "on" BETWEEN :first AND :last
"""


@record
class Covered:
    """Coverage on a day: whose cadence ran out in the days before it, who of them was met, and who is overdue."""

    due: Flags
    met: Flags
    late: Flags

    @property
    def share(self) -> float | None:
        """Met of those due; None when nobody was due."""
        due = int(self.due.sum())
        return int(self.met.sum()) / due if due else None


def covered(reads: Reads, whole: Portfolio, end: date, times: int = 1) -> tuple[Covered, ...]:
    """Coverage as of `end`, and before that as often as asked, each a window earlier; by the tiers and cadences of
    today, and else by the same rule as `visits.coverage`. One look at the contacts is enough for all.
    """
    days = int(book("insights")["coverage"]["days"]["value"])
    ends = [end - timedelta(days * at) for at in range(times + 1)]
    names = [f"day{at}" for at in range(len(ends))]
    given = {name: day.isoformat() for name, day in zip(names, ends, strict=True)}
    sql = _LASTS.format(lasts=", ".join(_LAST.format(at=at) for at in range(len(ends))))
    found = facts.read(facts.Scope(reads, whole.day), whole.client, names, sql, **given)
    gaps = [found.spread(name, whole.size) for name in names]
    asked = asked_of(whole)
    stood = []
    for gap, earlier in pairwise(gaps):
        before = earlier + days  # from the last contact before the window until its end
        due = asked & (np.isnan(before) | (before >= whole.cadence))
        stood.append(Covered(due, due & (gap < days), asked & (np.isnan(gap) | (gap > whole.cadence))))
    return tuple(stood)


def asked_of(whole: Portfolio) -> Flags:
    """For each client of the portfolio whether they may be contacted and have a cadence."""
    return np.asarray((whole.excluded == 0) & (whole.tier > 0) & ~np.isnan(whole.cadence))


@record
class Weeks:
    """By tier (T1..T5 down) and week: how many clients were met, and how many contacts the cadences ask for."""

    begins: tuple[date, ...]  # the Mondays
    met: npt.NDArray[np.int64]
    asked: Floats


def weeks(reads: Reads, whole: Portfolio, last: date) -> Weeks:
    """The weeks up to the one of `last`, which is asked for as many days as it has had."""
    count = int(book("insights")["weeks"]["shown"]["value"])
    monday = last - timedelta(last.weekday())
    begins = tuple(monday - timedelta(DAYS * (count - 1 - at)) for at in range(count))
    met = np.zeros((5, count), dtype=np.int64)
    tier = np.where(asked_of(whole), whole.tier, 0)
    for places, week in _meetings(reads, whole, begins[0], last):
        tiers = tier[places]
        np.add.at(met, (tiers[tiers > 0] - 1, week[tiers > 0]), 1)
    pace = np.array([np.nansum(1.0 / whole.cadence[tier == at]) if (tier == at).any() else 0.0 for at in range(1, 6)])
    days = np.array([min(DAYS, (last - begin).days + 1) for begin in begins], dtype=np.float64)
    return Weeks(begins, met, np.outer(pace, days))


def met_in(reads: Reads, whole: Portfolio, tier: int, monday: date) -> tuple[int, ...]:
    """The clients of a tier who were met in the week of a Monday."""
    found: list[int] = []
    fits = asked_of(whole) & (whole.tier == tier)
    for places, _week in _meetings(reads, whole, monday, monday + timedelta(DAYS - 1)):
        found += whole.client[places[fits[places]]].tolist()
    return tuple(sorted(found))


def _meetings(
    reads: Reads, whole: Portfolio, first: date, last: date
) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Places of the clients met and the weeks, from zero, page by page."""
    pages = []
    for page in reads.pages(_MET, {"first": first.isoformat(), "last": last.isoformat()}):
        told = np.array(page, dtype=np.int64)
        at = np.minimum(np.searchsorted(whole.client, told[:, 0]), max(0, whole.size - 1))
        known = whole.client[at] == told[:, 0] if whole.size else np.zeros(len(told), dtype=np.bool_)
        pages.append((at[known], told[known, 1]))
    return pages
