"""The calling order, for all clients at once: columns in, points out; NaN is unknown and earns nothing.

The points are a sum of lines a manager can read. Whether a client takes part at all (consent, frequency cap, a no to
this very campaign) is not decided here.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.response.tables import LINES, ResponseTable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@record
class Asked:
    """What is known of clients before a call; 1 yes, 0 no, NaN unknown. `balance` in one currency."""

    success: Floats  # said yes in an earlier campaign
    before: Floats  # was reached in an earlier campaign
    days: Floats  # since then
    reachable: Floats
    home_loan: Floats
    loan: Floats
    arrears: Floats
    age: Floats
    balance: Floats
    tries: Floats  # contacts of this campaign, the one to come included


def points(known: Asked, rule: ResponseTable) -> dict[str, Floats]:
    """What each line earns, in points, for each client; what is unknown earns nothing."""
    middle = _middle(known.balance)
    reached = known.before == 1
    with np.errstate(invalid="ignore"):
        holds = {
            "success": known.success == 1,
            "before": reached,
            "declined": reached & (known.success == 0),
            "lately": reached & (known.days <= rule.lately_days),
            "reachable": known.reachable == 1,
            "home_loan": known.home_loan == 1,
            "loan": known.loan == 1,
            "arrears": known.arrears == 1,
            "young": known.age < rule.young_below,
            "old": known.age >= rule.old_from,
            "middle": known.balance >= rule.middle_times * middle,
            "well_off": known.balance >= rule.well_off_times * middle,
            "overdrawn": known.balance < 0,
            "third": known.tries >= rule.third_tries,
            "sixth": known.tries >= rule.sixth_tries,
        }
    return {name: np.where(holds[name], rule.lines[name].points, 0.0) for name in LINES}


def total(lines: dict[str, Floats]) -> Floats:
    """The points of each client."""
    summed: Floats = np.sum(list(lines.values()), axis=0)
    return summed


def ordered(sums: Floats, tie: Ints) -> Ints:
    """Row numbers in the order to call: more points first, then by `tie`."""
    return np.lexsort((tie, -sums))


def _middle(balance: Floats) -> float:
    """The middle of the positive balances; without any, one that nobody reaches."""
    held = balance[balance > 0]
    return float(np.median(held)) if len(held) else np.inf
