"""The portfolio month by month: what clients held on average, and in which tier they were."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.care import facts
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.insights.periods import Period, month_number
from rmdesk.services.rulebook import book
from rmdesk.services.segments import rules as segments
from rmdesk.services.store.reads import Reads

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
TIERS = 5


@record
class Months:
    """The same months for all: `months` rising, the last one told of enough clients. Amounts are minor units.

    `averages` is (clients, months), NaN where unknown; `tier` the tier held after each month, 0 unknown; `client` the
    ids, ascending; `sums` is (tiers, months): what the clients then in T1..T5 held together.
    """

    months: tuple[int, ...]
    client: Ints
    averages: Floats
    tier: Ints
    sums: Floats

    @property
    def drawn(self) -> Sums:
        """What is drawn of them: without the rows of the clients, which would be kept for as long as the page is."""
        return Sums(self.months, self.sums)


@record
class Sums:
    """Months, and by tier (T1..T5 down) what its clients of the month held together, in minor units."""

    months: tuple[int, ...]
    sums: Floats


@record
class Held:
    """The mean of the monthly averages of the portfolio over the months of a period, and `change` against as many
    months before, among clients known in both; None where unknown. `months` are those that were told."""

    months: tuple[int, ...]
    minor: int | None
    change: float | None
    clients: tuple[int, ...]


def months(reads: Reads, whole: Portfolio, last: date) -> Months:
    """All months up to the one of `last`, at most as many as the figures keep."""
    ids, ends, series = _told(reads)
    known = ~np.isnan(ends)
    end = _last(ends[known].astype(np.int64), series[known], month_number(last))
    if end is None:
        none = np.empty((len(ids), 0))
        return Months((), ids, none, none.astype(np.int64), np.empty((TIERS, 0)))
    shown = min(int(book("insights")["months"]["shown"]["value"]), facts.MONTHS)
    averages = _aligned(series, ends, end)
    unit = 10.0 ** _digits(whole.currency)
    means, _counts = segments.moving_mean(averages / unit, whole.table.months)
    earned = np.where(np.isnan(averages), 0, segments.tier_of(means, whole.table.cuts))
    tier = np.column_stack([after.tier for after in segments.movements(earned, whole.table.movement)])
    averages, tier = averages[:, -shown:], tier[:, -shown:]
    sums = np.array([np.nansum(np.where(tier == at, averages, 0.0), axis=0) for at in range(1, TIERS + 1)])
    sums[:, np.isnan(averages).all(axis=0)] = np.nan
    return Months(tuple(range(end - shown + 1, end + 1)), ids, averages, tier, sums)


def held(found: Months, period: Period) -> Held:
    """What the portfolio held in the months of a period; before the first is told, in the last month before it."""
    first, last = month_number(period.first), month_number(period.last)
    sums = np.nansum(found.averages, axis=0)
    told = [at for at in range(len(found.months)) if found.months[at] <= last and not np.isnan(found.sums[0, at])]
    inside = [at for at in told if found.months[at] >= first] or told[-1:]
    if not inside:
        return Held((), None, None, ())
    before = [at - len(inside) for at in inside]
    change = None
    if before[0] >= 0:
        now, then = (_mean(found.averages[:, span]) for span in (inside, before))
        both = ~np.isnan(now) & ~np.isnan(then)
        base = float(then[both].sum())
        change = float(now[both].sum()) / base - 1 if base > 0 else None
    clients = found.client[~np.isnan(found.averages[:, inside]).all(axis=1)]
    return Held(tuple(found.months[at] for at in inside), round(float(sums[inside].mean())), change, _ids(clients))


_AVERAGES = """
SELECT f.client_id, f.last_month, f.averages FROM client_figures f JOIN client c ON c.id = f.client_id
WHERE c.merged_into IS NULL ORDER BY f.client_id
"""


def _told(reads: Reads) -> tuple[Ints, Floats, Floats]:
    """Ids, ascending, their last months, and the averages up to these: only what the figures keep of the months."""
    none = np.full(facts.MONTHS, facts.UNTOLD, dtype="<i8").tobytes()
    ids: list[int] = []
    ends: list[float] = []
    blobs = []
    for page in reads.pages(_AVERAGES):
        ids += [row[0] for row in page]
        ends += [np.nan if row[1] is None else row[1] for row in page]
        blobs.append(b"".join([row[2] or none for row in page]))
    kept = np.frombuffer(b"".join(blobs), dtype="<i8").reshape(len(ids), facts.MONTHS)
    return np.array(ids, dtype=np.int64), np.array(ends), np.where(kept == facts.UNTOLD, np.nan, kept)


def _mean(values: Floats) -> Floats:
    """The mean of what is known in each row; NaN where nothing is."""
    count = (~np.isnan(values)).sum(axis=1)
    return np.where(count > 0, np.nansum(values, axis=1) / np.maximum(count, 1), np.nan)


def _last(ends: Ints, series: Floats, most: int) -> int | None:
    """The latest month, not after `most`, that was told of enough clients; None without any."""
    if not len(ends):
        return None
    enough = float(book("insights")["months"]["enough"]["value"]) * len(ends)
    for month in range(min(int(ends.max()), most), int(ends.min()) - facts.MONTHS, -1):
        column = month - ends + facts.MONTHS - 1
        inside = (column >= 0) & (column < facts.MONTHS)
        told = ~np.isnan(series[np.flatnonzero(inside), column[inside]])
        if told.sum() >= enough:
            return month
    return None


def _aligned(series: Floats, ends: Floats, end: int) -> Floats:
    """The series moved so that the last column is the month `end` for everybody."""
    aligned = np.full(series.shape, np.nan)
    for shift in np.unique(ends[~np.isnan(ends)]).astype(np.int64):
        rows = np.flatnonzero(ends == shift)
        late = int(end - shift)  # months that these clients lack at the end; below zero they know more than is shown
        if abs(late) >= facts.MONTHS:
            continue
        if late >= 0:
            aligned[rows, : facts.MONTHS - late] = series[rows, late:]
        else:
            aligned[rows, -late:] = series[rows, :late]
    return aligned


def _ids(clients: Ints) -> tuple[int, ...]:
    return tuple(clients.tolist())


def _digits(currency: str) -> int:
    from rmdesk.base import money

    return money.digits(currency)
