"""The nine groups as dots: each client one, or, of many, those who lie together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.churn import case_rules
from rmdesk.services.insights import rules
from rmdesk.services.rulebook import book
from rmdesk.services.store.reads import Reads

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@record
class Dots:
    """One entry a dot, the largest first: its field (0 to 8 for G1 to G9), its place in it, the AUM and the number of
    its clients, whether they have a churn warning. `client` is the client of a dot of its own, else 0; `number` names
    the dot for `members`. `clients` counts all that are drawn, `alone` says that nobody shares a dot."""

    field: Ints
    x: Floats
    y: Floats
    amount: Floats
    count: Ints
    warned: Flags
    client: Ints
    number: Ints
    clients: int
    alone: bool


def warned_of(reads: Reads, whole: Portfolio) -> Flags:
    """For each client whether their R warns and they are not lost already: as the warnings of churn count."""
    risk = np.round(np.where(whole.excluded > 0, 0.0, np.nan_to_num(whole.inputs["R"])), 9)
    rows = reads.rows("SELECT client_id FROM churn_case WHERE state = 'open'")
    lost = np.array([row[0] for row in rows], dtype=np.int64)
    return np.asarray((risk >= case_rules.table().warning) & ~np.isin(whole.client, lost))


@record
class _Placed:
    at: Ints  # places in the portfolio
    field: Ints
    x: Floats
    y: Floats
    warned: Flags
    number: Ints
    alone: bool


def _placed(reads: Reads, whole: Portfolio) -> _Placed:
    at = np.flatnonzero((whole.group > 0) & (whole.excluded == 0))
    field, amount = whole.group[at] - 1, np.nan_to_num(whole.worth_aum[at])
    rule = whole.table.knowing
    known = whole.measures["q"][at] / max(1, rule.familiar[0]) + whole.measures["k"][at] / max(1, rule.familiar[1])
    x = rules.places(known, whole.tie[at], field)
    low, high = _limits(whole, float(amount.max(initial=1.0)))
    y = rules.heights(amount, low[2 - field // 3], high[2 - field // 3])
    warned = warned_of(reads, whole)[at]
    own = book("insights")["fields"]
    alone = len(at) <= int(own["alone"]["value"])
    number = whole.client[at] if alone else rules.shared(field, x, y, warned, int(own["steps"]["value"]))
    return _Placed(at, field, x, y, warned, number, alone)


def dots(reads: Reads, whole: Portfolio) -> Dots:
    """All clients that may be contacted and have a group."""
    found = _placed(reads, whole)
    amount = np.maximum(np.nan_to_num(whole.worth_aum[found.at]), 0.0)
    numbers, first, dot, count = np.unique(found.number, return_index=True, return_inverse=True, return_counts=True)
    x, y, sums = (
        np.bincount(dot, weights=values, minlength=len(numbers)).astype(np.float64)
        for values in (found.x, found.y, amount)
    )
    order = np.argsort(-sums, kind="stable")
    return Dots(
        field=found.field[first][order],
        x=(x / np.maximum(count, 1))[order],
        y=(y / np.maximum(count, 1))[order],
        amount=sums[order],
        count=count[order].astype(np.int64),
        warned=found.warned[first][order],
        client=np.where(count == 1, whole.client[found.at[first]] if len(first) else 0, 0)[order],
        number=numbers[order].astype(np.int64),
        clients=len(found.at),
        alone=found.alone,
    )


def members(reads: Reads, whole: Portfolio, number: int) -> tuple[int, ...]:
    """The clients of a dot."""
    found = _placed(reads, whole)
    return tuple(sorted(whole.client[found.at[found.number == number]].tolist()))


def _limits(whole: Portfolio, most: float) -> tuple[Floats, Floats]:
    """The lower and upper limits of the bands low, middle, high, in units of the currency."""
    bands = np.asarray(whole.table.bands)
    cuts = (0.0, *whole.table.cuts)
    floors = [min((cuts[at] for at in range(len(cuts)) if bands[at] == band), default=0.0) for band in range(3)]
    highs = [floors[1] or 1.0, floors[2] or 1.0, max(most, 10 * (floors[2] or 1.0))]
    span = float(book("insights")["fields"]["low_span"]["value"])
    lows = [highs[0] / span, floors[1] or 1.0, floors[2] or 1.0]
    return np.array(lows), np.array(highs)
