"""Every client by recency, frequency and money, and how likely each is still active where transactions are known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.care import portfolio
from rmdesk.services.rfm import alive
from rmdesk.services.rfm.alive import Fit
from rmdesk.services.rulebook import book
from rmdesk.services.segments import rules
from rmdesk.services.store.reads import Reads

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
CLASSES = (5, 4, 3, 2, 1)


@record
class Rfm:
    """One entry per client in every column. Classes 5 (best) to 1, 0 unknown; `alive` in 0..1, `expected` transactions
    of the next `ahead` months, NaN where no transactions tell. `model` is None where nothing could be fitted."""

    day: date
    currency: str
    by_quintiles: bool  # else by the fixed breaks
    client: Ints
    tie: Ints
    days: Floats  # since the client last acted
    months: Floats  # active ones of the last twelve
    amount: Floats  # mean AUM of three months
    recency: Ints
    frequency: Ints
    money: Ints
    alive: Floats
    expected: Floats
    ahead: int
    model: Fit | None

    def cell(self, recency: int, frequency: int) -> Ints:
        """The places of the clients in a cell, the wealthiest first."""
        found = np.flatnonzero((self.recency == recency) & (self.frequency == frequency))
        return found[np.lexsort((self.tie[found], -np.nan_to_num(self.amount[found])))]

    def counts(self) -> Ints:
        """How many clients are in each cell: recency 5..1 in rows, frequency 5..1 in columns."""
        return np.array([[len(self.cell(r, f)) for f in CLASSES] for r in CLASSES], dtype=np.int64)


# From the first day known of a client's own acting (the end of that month at the latest) to the last, in days.
_ACTIVE = """
SELECT client_id, sum(max(coalesce(tx_count, 1), 1)) - 1, julianday(max(last_own_on)) - julianday(min(last_own_on)),
       julianday(:until) - julianday(min(last_own_on))
FROM month_fact WHERE last_own_on IS NOT NULL AND month <= :newest AND NOT partial GROUP BY client_id
"""
_FITTED = 5000  # clients that the model is fitted to at most, evenly spread
_MONTH = 365.25 / 12  # days of the model's unit of time


def rfm(reads: Reads, day: date | None = None, *, quintiles: bool = False) -> Rfm:
    """The classes of all clients by the fixed breaks, or by fifths of the portfolio; of too few clients there are no
    fifths, and the breaks are used."""
    whole = portfolio.current(reads, day)
    table = whole.table
    days, months, amount = (whole.measures[name] for name in ("dormant", "active", "mean"))
    fifths = [rules.quintiles(column, table.least_clients) for column in (-days, months, amount)]
    by_quintiles = quintiles and all(one is not None for one in fifths)
    fixed = (
        rules.recency_class(days, table.recency_days),
        rules.frequency_class(months, table.active_months),
        rules.tier_of(amount, table.cuts),
    )
    known = [one for one in fifths if one is not None]
    recency, frequency, money = known if by_quintiles else fixed
    chances, expected, model = _activity(reads, whole.client, whole.day)
    return Rfm(
        day=whole.day,
        currency=whole.currency,
        by_quintiles=by_quintiles,
        client=whole.client,
        tie=whole.tie,
        days=days,
        months=months,
        amount=amount,
        recency=recency,
        frequency=frequency,
        money=money,
        alive=chances,
        expected=expected,
        ahead=_rule("ahead_months"),
        model=model,
    )


def _activity(reads: Reads, clients: Ints, day: date) -> tuple[Floats, Floats, Fit | None]:
    """By own transactions in months; NaN for clients without any."""
    nothing = np.full(len(clients), np.nan)
    last = day.year * 12 + day.month - 1
    newest = reads.value("SELECT max(month) FROM month_fact WHERE month <= ? AND NOT partial", (last,))
    if newest is None:
        return nothing, nothing.copy(), None
    end = date((newest + 1) // 12, (newest + 1) % 12 + 1, 1) - timedelta(1)
    given = {"newest": newest, "until": end.isoformat()}
    pages = [np.array(page, dtype=np.float64) for page in reads.pages(_ACTIVE, given)]
    told = np.concatenate(pages) if pages else np.empty((0, 4))
    told = told[np.isin(told[:, 0], clients)]
    again, until, known = told[:, 1], told[:, 2] / _MONTH, told[:, 3] / _MONTH
    if len(told) < _rule("least_clients") or not (again > 0).any():
        return nothing, nothing.copy(), None
    some = np.linspace(0, len(told) - 1, min(len(told), _FITTED)).astype(np.int64)
    model = alive.fit(again[some], until[some], known[some])
    at = np.searchsorted(clients, told[:, 0].astype(np.int64))
    chances, expected = nothing, nothing.copy()
    chances[at] = alive.alive(model, again, until, known)
    expected[at] = alive.expected(model, float(_rule("ahead_months")), again, until, known)
    return chances, expected, model


def _rule(name: str) -> int:
    return int(book("loyalty")["activity"][name]["value"])
