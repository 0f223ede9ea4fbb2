"""The risk of accounts, for all of them at once. Columns in (one entry per account; NaN is unknown), columns out.

risk = 1 - prod(1 - weight x), so that it never falls when a signal grows, and no signal alone decides. An unknown
signal counts as none. Nothing depends on the order of the accounts, on a clock or on a random number.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.churn.tables import SIGNALS, RiskTable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@record
class Known:
    """What is known of accounts at the end of a day; amounts in one currency.

    `ends` and `moved` hold a month in a column, the newest last: month ends, and what went in and out. `count` is
    the transactions of these months. The rest was told of the account as a whole.
    """

    last: Floats
    demand: Floats  # 1: money on demand, whose amount can be held against that of other accounts
    average: Floats
    ends: Floats
    moved: Floats
    count: Floats
    settled: Floats  # months for which the account had been open when the first column began
    quiet_days: Floats
    unbound: Floats  # 1: no standing order, 0: one or more
    deviation: Floats
    movement: Floats
    spread: Floats
    told_count: Floats
    payments: Floats


def measures(known: Known, rule: RiskTable) -> dict[str, Floats]:
    """What each signal is read off, one value an account: shares of the usual balance and of the months, days for
    `dormant`; NaN where unknown.
    """
    ends, moved, count = _settled(known, rule)
    usual = np.where(np.isnan(known.average), _mean(ends, 1), known.average)
    usual = np.where(usual > 0, usual, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.where((~np.isnan(ends)).sum(axis=1) >= rule.least_months, _mean(np.abs(np.diff(ends)), 1), np.nan)
        swing = _first(known.deviation, rule.from_months * steps, rule.from_spread * known.spread) / usual
        each = np.nansum(moved, axis=1) / np.nansum(count, axis=1)
        peak = np.fmax.reduce(known.ends[:, -1 - rule.signals["fall"].months :], axis=1, initial=np.nan)
        return {
            "free": _beside_others(known, rule),
            "swing": swing,
            "moves": _first(known.movement, np.where(np.isfinite(each), each, np.nan)) / usual,
            "above": known.last / usual - 1,
            "seldom": np.where(known.told_count > 0, 1 - known.payments / known.told_count, np.nan),
            "unbound": known.unbound,
            "fall": np.where(peak > 0, 1 - known.last / peak, np.nan),
            "dormant": known.quiet_days,
        }


def ramps(measured: Mapping[str, Floats], rule: RiskTable) -> dict[str, Floats]:
    """x of each signal: clamp((measure - from) / span); NaN where unknown."""
    return {
        name: np.clip((measured[name] - signal.start) / signal.span, 0.0, 1.0) for name, signal in rule.signals.items()
    }


def risk(signals: Mapping[str, Floats], rule: RiskTable) -> Floats:
    """1 - prod(1 - weight x) over the signals, 0..1 for each account; a signal that is unknown says nothing."""
    left: Floats = np.ones(len(next(iter(signals.values()))))
    for name in SIGNALS:
        left = left * (1 - rule.signals[name].weight * np.nan_to_num(signals[name]))
    return 1 - left


def points(signals: Mapping[str, Floats], rule: RiskTable) -> dict[str, Floats]:
    """How the risk is made of its signals, in hundredths: each by -log(1 - weight x), and together 100 x risk."""
    parts = {name: -np.log1p(-rule.signals[name].weight * np.nan_to_num(signals[name])) for name in SIGNALS}
    total = np.sum(list(parts.values()), axis=0)
    each = np.divide(100 * risk(signals, rule), total, out=np.zeros_like(total), where=total > 0)
    return {name: part * each for name, part in parts.items()}


def ordered(risks: Floats, last: Floats, tie: Ints, rule: RiskTable) -> Ints:
    """Row numbers, highest risk first; then the larger balance, then the account that comes first by its number."""
    return np.lexsort((tie, -np.nan_to_num(last, nan=-np.inf), -np.round(risks, rule.decimals)))


def _settled(known: Known, rule: RiskTable) -> tuple[Floats, Floats, Floats]:
    """The months without those in which the account was being filled."""
    age = known.settled[:, None] + np.arange(known.ends.shape[1])
    young = age < rule.settling
    return (
        np.where(young, np.nan, known.ends),
        np.where(young, np.nan, known.moved),
        np.where(young, np.nan, known.count),
    )


def _mean(values: Floats, axis: int) -> Floats:
    """The mean of what is known, NaN where nothing is."""
    seen = (~np.isnan(values)).sum(axis=axis)
    found: Floats = np.divide(np.nansum(values, axis=axis), seen, out=np.full(seen.shape, np.nan), where=seen > 0)
    return found


def _first(*columns: Floats) -> Floats:
    """For each account the first of these that is known."""
    found = columns[0]
    for other in columns[1:]:
        found = np.where(np.isnan(found), other, found)
    return found


def _beside_others(known: Known, rule: RiskTable) -> Floats:
    """The balance over that of the middle demand account; NaN where there are too few to say what is usual."""
    own = known.demand > 0
    held = known.last[own & (known.last > 0)]
    if len(held) < rule.least_accounts:
        return np.full(len(known.last), np.nan)
    return np.where(own, known.last / np.median(held), np.nan)
