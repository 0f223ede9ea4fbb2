"""The points of the care priority, for the whole portfolio at once.

Every function takes columns (one entry per client; NaN is unknown) and gives columns. Nothing here depends on the
order of the clients, on a clock or on a random number. The formulas and their sources are in
resources/rules/scoring.toml and occasions.toml.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.services.scoring.tables import LINES, SIGNALS, OccasionTable, ScoreTable, Signal, Weights

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SAME = 9  # decimals to which sums are compared, so that the last bit of a processor's logarithm decides nothing


def clamp(value: Floats) -> Floats:
    """Each value held between 0 and 1; NaN stays NaN."""
    held: Floats = np.clip(value, 0.0, 1.0)
    return held


def value(aum: Floats, referrals: Floats, rule: ScoreTable) -> Floats:
    """V in 0..1 from AUM in currency units and confirmed referrals of the last 24 months; a debt is worth 0."""
    money = np.minimum(1.0, np.log10(1 + np.maximum(aum, 0.0) / rule.unit) / rule.decades)
    brought = np.minimum(rule.referrals_most, rule.referral * np.nan_to_num(referrals))
    worth: Floats = np.minimum(1.0, money + brought)
    return worth


def contact_gap(gap: Floats, cadence: Floats, rule: ScoreTable) -> Floats:
    """C from days since the last contact and the cadence in days; NaN where either is unknown."""
    return clamp((gap / cadence - rule.contact_start) / rule.contact_span)


def familiarity_gap(tier: Ints, known: Ints, rule: ScoreTable) -> Floats:
    """F from the tier's target class and the class in use; NaN for an unknown tier."""
    target = np.asarray((0, *rule.targets), dtype=np.float64)[tier]
    return np.where(tier > 0, clamp((target - known) / rule.familiarity_span), np.nan)


def occasion(days: Floats, weight: Floats, lead: Floats, rule: OccasionTable) -> Floats:
    """w p of each occasion: days ahead (negative: late), weight, lead time in days."""
    falling = 1 - (1 - rule.end) * (days - rule.full_days) / np.maximum(lead - rule.full_days, 1)
    nearness = np.select(
        [days < -rule.late_days, days < 0, days <= rule.full_days, days <= lead],
        [0.0, rule.late, 1.0, falling],
        default=0.0,
    )
    found: Floats = weight * nearness
    return found


def urgency(days: Floats, rule: ScoreTable) -> Floats:
    """u(d) of a maturity in `days`: 1 near, falling linearly to `end`, 0 outside the window."""
    over = (days - rule.maturity_full) / (rule.maturity_ahead - rule.maturity_full)
    near = np.where(days <= rule.maturity_full, 1.0, 1 - (1 - rule.maturity_end) * over)
    return np.where((days >= -rule.maturity_past) & (days <= rule.maturity_ahead), near, 0.0)


def maturity(urgent: Floats, aum: Floats, rule: ScoreTable) -> Floats:
    """M from sum(amount u(d)) and AUM; NaN where the AUM is unknown, whole where something matures out of nothing."""
    return clamp(rule.maturity_times * share(urgent, aum))


def share(part: Floats, aum: Floats) -> Floats:
    """A part of the AUM as a fraction: 1 where there is a part but no AUM, NaN where either is unknown."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(aum > 0, part / aum, np.where(part > 0, 1.0, 0.0))
    return np.where(np.isnan(aum) | np.isnan(part), np.nan, found)


def ramp(measure: Floats, signal: Signal) -> Floats:
    """x of a signal from its measure: clamp((measure - start) / span)."""
    return clamp((measure - signal.start) / signal.span)


def churn(signals: Mapping[str, Floats], rule: ScoreTable) -> Floats:
    """R = 1 - prod(1 - w x) over the signals' x; an unknown x counts as no signal."""
    kept: Floats | None = None
    for name in SIGNALS:
        left = 1 - rule.signals[name].weight * np.nan_to_num(signals[name])
        kept = left if kept is None else kept * left
    assert kept is not None
    return 1 - kept


def debt(severity: Floats, elapsed: Floats, allowed: Floats) -> Floats:
    """What one open complaint or broken promise counts; S is the maximum of a client's, never the sum."""
    return severity * clamp(elapsed / np.maximum(allowed, 1))


@record
class Scores:
    """Points by line; `lines` and `cap` (never positive) add up to `exact`, and `score` is that, rounded."""

    lines: dict[str, Floats]
    cap: Floats
    exact: Floats
    score: Floats


def points(inputs: Mapping[str, Floats], worth: Floats, loyalty: Floats, weights: Weights, rule: ScoreTable) -> Scores:
    """P from the columns C F O M R S, V and L. An unknown input earns nothing, an unknown V counts as 0."""
    known = np.nan_to_num(worth)
    loyal = 1 + rule.loyalty * np.nan_to_num(loyalty)
    lines = {}
    total = np.zeros(len(worth))
    for line in LINES:
        base, grows = rule.shares[line]
        earned = weights.of(line) * np.nan_to_num(inputs[line]) * (base + grows * known)
        lines[line] = earned if line == "S" else earned * loyal
        total += lines[line]
    exact = np.minimum(total, rule.most)
    return Scores(lines, exact - total, exact, rounded(exact, rule.decimals))


def rounded(exact: Floats, decimals: int) -> Floats:
    """Each value rounded half up to so many decimals, the same on every machine."""
    scale = 10.0**decimals
    return np.floor(np.round(exact * scale, SAME - decimals) + 0.5) / scale


def ordered(score: Floats, churn_: Floats, gap: Floats, tie: Ints) -> Ints:
    """Row numbers in rank order: higher score as shown; ties by higher R, longer gap, lower client number."""
    return np.lexsort(
        (
            tie,
            -np.nan_to_num(gap, nan=-1.0),
            -np.round(np.nan_to_num(churn_), SAME),
            -np.round(score, SAME),
        )
    )
