"""The whole months of accounts up to a day, one row for each of the accounts asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.models.kinds import AssetKind
from rmdesk.services.store.reads import Reads

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@record
class Months:
    """Amounts in minor units, NaN where nobody told; days as ordinals. The newest month is the last column."""

    ends: Floats
    moved: Floats
    count: Floats
    last: Floats  # the newest month end known, within the columns or before
    last_on: Floats  # its day
    first: Floats  # the first month told of the account
    own_on: Floats  # the client's last own transaction
    newest: float  # the last day of the newest month; NaN without months
    month_of_first_column: int


_MONTHS = """
SELECT {key}, month, end_minor, coalesce(in_minor, 0) + coalesce(out_minor, 0), tx_count
FROM month_fact WHERE {of} AND month BETWEEN ? AND ? AND NOT partial ORDER BY {key}
"""
_WHOLE = """
SELECT {key}, min(month), max(CASE WHEN end_minor IS NOT NULL THEN month END), max(julianday(last_own_on))
FROM month_fact WHERE {of} AND month <= ? AND NOT partial GROUP BY {key}
"""
_END = "SELECT {key}, end_minor FROM month_fact WHERE {of} AND month = ? AND NOT partial"
_OF = ((True, "account_id", "account_id IS NOT NULL"), (False, "client_id", "account_id IS NULL"))
JULIAN = 1721424.5  # julianday() less this is Python's ordinal


def table(reads: Reads, day: date, length: int, subjects: Sequence[tuple[bool, int]]) -> Months:
    """The months of these (is an account, id), the last `length` that had ended by `day` and were told of anyone."""
    whole = _whole_month(day)
    newest = reads.value("SELECT max(month) FROM month_fact WHERE month <= ? AND NOT partial", (whole,))
    last = whole if newest is None else int(newest)
    size, first = len(subjects), last - length + 1
    found = Months(
        ends=np.full((size, length), np.nan),
        moved=np.full((size, length), np.nan),
        count=np.full((size, length), np.nan),
        last=np.full(size, np.nan),
        last_on=np.full(size, np.nan),
        first=np.full(size, np.nan),
        own_on=np.full(size, np.nan),
        newest=np.nan if newest is None else float(end_of(last)),
        month_of_first_column=first,
    )
    if newest is None:
        return found
    for is_account, key, of in _OF:
        places = [at for at, subject in enumerate(subjects) if subject[0] is is_account]
        own = np.array([subjects[at][1] for at in places], dtype=np.int64)
        order = np.argsort(own)
        _fill(reads, found, own[order], np.array(places, dtype=np.int64)[order], key, of, last)
    return found


def _fill(reads: Reads, found: Months, ids: Ints, places: Ints, key: str, of: str, last: int) -> None:
    if not len(ids):
        return

    def located(page: Sequence[tuple[object, ...]]) -> tuple[Floats, Ints]:
        rows = np.array(page, dtype=np.float64)
        at = np.minimum(np.searchsorted(ids, rows[:, 0]), len(ids) - 1)
        known = ids[at] == rows[:, 0]
        return rows[known], places[at[known]]

    sql = _MONTHS.format(key=key, of=of)
    for page in reads.pages(sql, (found.month_of_first_column, last)):
        rows, at = located(page)
        column = rows[:, 1].astype(np.int64) - found.month_of_first_column
        found.ends[at, column], found.moved[at, column], found.count[at, column] = rows[:, 2:].T
    for page in reads.pages(_WHOLE.format(key=key, of=of), (last,)):
        rows, at = located(page)
        found.first[at] = rows[:, 1]
        found.last_on[at] = [np.nan if np.isnan(month) else end_of(int(month)) for month in rows[:, 2]]
        found.own_on[at] = rows[:, 3] - JULIAN
    known = ~np.isnan(found.ends)
    column = np.where(known, np.arange(found.ends.shape[1]), -1).max(axis=1)
    seen = column >= 0
    found.last[seen] = found.ends[seen, column[seen]]
    found.last_on[~seen] = np.nan


def bound(reads: Reads, day: date) -> Ints | None:
    """Accounts (their ids) and clients (minus their ids) with a standing order on the day; None where the bank had
    told none by then."""
    found = [
        np.array(page, dtype=np.int64).ravel()
        for page in reads.pages(_BOUND, {"day": day.isoformat(), "kind": AssetKind.STANDING_ORDER.value})
    ]
    return np.unique(np.concatenate(found)) if found else None


_BOUND = """
SELECT CASE WHEN h.account_id IS NULL THEN -h.client_id ELSE h.account_id END
FROM holding h LEFT JOIN batch b ON b.id = h.first_batch_id
WHERE h.kind = :kind AND (h.ended_on IS NULL OR h.ended_on > :day)
  AND (h.started_on <= :day OR (h.started_on IS NULL AND coalesce(min(b.as_of, h.as_of), h.as_of, b.as_of) <= :day))
"""


def end_of(month: int) -> int:
    """The last day of a month (year * 12 + month - 1), as an ordinal."""
    year, number = divmod(month + 1, 12)
    return (date(year, number + 1, 1) - timedelta(1)).toordinal()


def _whole_month(day: date) -> int:
    """The last month that has ended by `day`."""
    month = day.year * 12 + day.month - 1
    return month if (day + timedelta(1)).day == 1 else month - 1
