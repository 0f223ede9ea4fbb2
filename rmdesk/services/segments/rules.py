"""Where clients stand, for the whole portfolio at once.

Every function takes columns (one entry per client) and gives columns. Unknown is NaN in a column of floats; a tier
of 0 is an unknown tier, 1..5 are T1..T5; a familiarity is 0 stranger, 1 acquainted, 2 familiar; a group 1..9.
The rules and their sources are in resources/rules/segments.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.segments.tables import Knowing, Movement, SegmentTable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def tier_of(amount: Floats, cuts: Sequence[float]) -> Ints:
    """The tier of an amount in currency units; a limit belongs to the tier it opens. Unknown gives 0."""
    tier = 1 + np.searchsorted(np.asarray(cuts, dtype=np.float64), amount, side="right").astype(np.int64)
    return np.where(np.isnan(amount), 0, tier)


def moving_mean(series: Floats, months: int) -> tuple[Floats, Ints]:
    """For each month of (clients, months): the mean of the known among the last `months`, and how many were known."""
    by_month = np.ascontiguousarray(series.T)  # a month in a row: adding whole rows is what numpy is quick at
    known = ~np.isnan(by_month)
    totals = np.zeros(by_month.shape)
    counts = np.zeros(by_month.shape, dtype=np.int64)
    values = np.where(known, by_month, 0.0)
    for back in range(min(months, len(by_month))):
        rest = len(by_month) - back
        totals[back:] += values[:rest]
        counts[back:] += known[:rest]
    with np.errstate(invalid="ignore"):
        return np.where(counts > 0, totals / np.maximum(counts, 1), np.nan).T, counts.T


@record
class Standing:
    """The tier held after the last month, whether it is on watch, and for how many months it was below."""

    tier: Ints
    watch: Flags
    below: Ints


def movement(earned: Ints, rule: Movement) -> Standing:
    """Where clients stand after the last month; see `movements`."""
    nobody = np.zeros(len(earned), dtype=np.int64)
    standing = Standing(nobody, nobody > 0, nobody)
    for after in movements(earned, rule):
        standing = after
    return standing


def movements(earned: Ints, rule: Movement) -> Iterator[Standing]:
    """Replay the months: `earned` is (clients, months) of the tier that each month's mean earns, 0 where unknown.

    Up at once; below for more than `rule.below` months in a row -> watch; back at the tier -> released; after
    `rule.watch` months of watch, still below -> down to the best tier earned in the last `rule.best_of` months.
    A month nobody told changes nothing. Gives where clients stand after each month.
    """
    clients, months = earned.shape
    tier = np.zeros(clients, dtype=np.int64)
    below = np.zeros(clients, dtype=np.int64)
    for month in range(months):
        now = earned[:, month]
        told = now > 0
        under = told & (now < tier)
        below = np.where(under, below + 1, np.where(told, 0, below))
        tier = np.where(told & (now > tier), now, tier)
        down = below > rule.below + rule.watch
        if down.any():
            best = earned[:, max(0, month - rule.best_of + 1) : month + 1].max(axis=1)
            tier = np.where(down, best, tier)
            below = np.where(down, (now < tier).astype(np.int64), below)
        yield Standing(tier, below > rule.below, below)


def months_below(series: Floats, tier: Ints, cuts: Sequence[float], last: int = 12) -> Floats:
    """How many of the last months were under the tier's lower limit; NaN where none of them is known."""
    recent = series[:, -last:]
    floors = np.concatenate(([-np.inf, -np.inf], np.asarray(cuts, dtype=np.float64)))[np.maximum(tier, 0)]
    known = ~np.isnan(recent)
    with np.errstate(invalid="ignore"):
        count = (known & (recent < floors[:, None])).sum(axis=1).astype(np.float64)
    return np.where(known.any(axis=1) & (tier > 0), count, np.nan)


def whole_months(days: Floats, day: date) -> Floats:
    """Full calendar months between `days` ago and `day`: on the twelfth month's day there are twelve, not 11.99."""
    known = ~np.isnan(days)
    now = np.datetime64(day, "D")
    since = now - np.where(known, days, 0).astype("timedelta64[D]")
    months = now.astype("datetime64[M]") - since.astype("datetime64[M]")
    early = now - now.astype("datetime64[M]") < since - since.astype("datetime64[M]")
    return np.where(known, months.astype(np.int64) - early, np.nan)


def familiarity(contacts: Floats, blocks: Floats, rule: Knowing) -> Ints:
    """The computed class from the contact index q and the knowledge index k."""
    familiar = (contacts >= rule.familiar[0]) & (blocks >= rule.familiar[1])
    stranger = (contacts <= rule.stranger[0]) & (blocks <= rule.stranger[1])
    return np.where(familiar, 2, np.where(stranger, 0, 1)).astype(np.int64)


def overridden(computed: Ints, override: Floats, age_days: Floats, rule: Knowing) -> tuple[Ints, Flags]:
    """The class in use and whether it is the manager's word, which lapses `override_days` after it was given."""
    with np.errstate(invalid="ignore"):
        holds = ~np.isnan(override) & (age_days >= 0) & (age_days <= rule.override_days)
    return np.where(holds, np.nan_to_num(override), computed).astype(np.int64), holds


def group_of(tier: Ints, known: Ints, bands: Sequence[int]) -> Ints:
    """The group 1..9 from tier and familiarity; 0 where the tier is unknown."""
    band = np.concatenate(([0], np.asarray(bands, dtype=np.int64)))[tier]
    return np.where(tier > 0, (2 - band) * 3 + (2 - known) + 1, 0)


def cadence_of(tier: Ints, group: Ints, table: SegmentTable) -> Floats:
    """Days between contacts; NaN where contacts come by event, or the tier is unknown."""
    days = np.full((len(table.groups) + 1, len(table.tier_names) + 1), np.nan)
    for row, entry in enumerate(table.groups, start=1):
        for tier_code, cadence in entry.cadence.items():
            days[row, int(tier_code[1:])] = cadence
    return days[group, tier]


def loyalty(tenure_years: Floats, kinds: Floats, below: Floats, referrals: Floats, table: SegmentTable) -> Floats:
    """Loyalty 0..1 from behaviour; an unknown part earns nothing, so that this is what is known at least."""
    earned = (
        table.tenure.weight * _part(tenure_years, table.tenure.full),
        table.kinds.weight * _part(kinds, table.kinds.full),
        table.steady.weight * (1 - _part(below, table.steady.full)),
        table.referrals.weight * _part(referrals, table.referrals.full),
    )
    total = np.zeros(len(tenure_years))
    for part in earned:
        total += np.nan_to_num(part)
    return total


def _part(value: Floats, full: float) -> Floats:
    return np.clip(value / full, 0.0, 1.0)


def man(money: Floats, authority: Floats, need: Floats, coefficients: dict[str, int]) -> tuple[Ints, Ints]:
    """The lowest and highest difficulty that the answers (1 yes, 0 no, NaN unknown) leave open."""
    lowest = np.full(len(money), max(coefficients.values()), dtype=np.int64)
    highest = np.full(len(money), min(coefficients.values()), dtype=np.int64)
    for word, coefficient in coefficients.items():
        open_ = np.ones(len(money), dtype=np.bool_)
        for answer, letter in zip((money, authority, need), word, strict=True):
            open_ &= np.isnan(answer) | (answer == float(letter.isupper()))
        lowest = np.where(open_, np.minimum(lowest, coefficient), lowest)
        highest = np.where(open_, np.maximum(highest, coefficient), highest)
    return lowest, highest


def recency_class(days: Floats, breaks: Sequence[int]) -> Ints:
    """5 for at most the first break, down to 1 beyond the last; 0 unknown."""
    found = 5 - np.searchsorted(np.asarray(breaks, dtype=np.float64), days, side="left").astype(np.int64)
    return np.where(np.isnan(days), 0, found)


def frequency_class(months: Floats, breaks: Sequence[int]) -> Ints:
    """5 for at least the first break, down to 1 below the last; 0 unknown."""
    rising = np.sort(np.asarray(breaks, dtype=np.float64))
    found = 1 + np.searchsorted(rising, months, side="right").astype(np.int64)
    return np.where(np.isnan(months), 0, found)


def quintiles(values: Floats, least_clients: int) -> Ints | None:
    """Classes 5 (highest fifth) to 1; equal values share the higher class. None with too few known values."""
    known = ~np.isnan(values)
    count = int(known.sum())
    if count < least_clients:
        return None
    ordered = np.sort(values[known])
    better = count - np.searchsorted(ordered, values, side="right")  # how many are strictly higher
    return np.where(known, 5 - 5 * better // count, 0).astype(np.int64)


def top_share(amounts: Floats, top: float) -> float | None:
    """The share of the total that the top part of the clients holds; a part of a client counts in part.

    Clients of unknown amount are left out; None when nothing is known or the total is not positive.
    """
    known = np.sort(amounts[~np.isnan(amounts)])[::-1]
    total = float(known.sum())
    if total <= 0:
        return None
    whole, rest = divmod(len(known) * top, 1)
    held = float(known[: int(whole)].sum())
    if rest:
        held += rest * float(known[int(whole)])
    return held / total
