"""Lanes of the care list and how a day is put together, from columns, one entry per client (see
services/scoring/rules.py)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import IntEnum
from math import ceil

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.models.kinds import ClientStatus, Lane
from rmdesk.services.scoring.rules import SAME
from rmdesk.services.scoring.tables import LaneTable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Excluded(IntEnum):
    """Why a client is not scored at all."""

    NO = 0
    DECEASED = 1
    DO_NOT_CONTACT = 2
    NO_CONSENT = 3
    CLOSED = 4


def excluded(status: Ints, consent: Floats, statuses: tuple[ClientStatus, ...]) -> Ints:
    """Deceased, do-not-contact, consent withdrawn (an unknown consent is not withdrawn), closed."""
    why = np.where(consent == 0, Excluded.NO_CONSENT, Excluded.NO)
    for state, reason in (
        (ClientStatus.CLOSED, Excluded.CLOSED),
        (ClientStatus.DO_NOT_CONTACT, Excluded.DO_NOT_CONTACT),
        (ClientStatus.DECEASED, Excluded.DECEASED),
    ):
        why = np.where(status == statuses.index(state), reason, why)
    return why.astype(np.int64)


def big_maturity(amount: Floats, share: Floats, rule: LaneTable) -> Flags:
    """Whether what matures within days is much: of the client's AUM (NaN: unknown), or in itself."""
    whole = np.round(share, SAME)  # sums of fractions of a currency unit may miss a half by the last bit
    return (amount >= rule.maturing_amount) | (~np.isnan(share) & (whole >= rule.maturing_share))


def review_is_near(day: date, rule: LaneTable) -> bool:
    """Whether the day lies before one of the half-yearly tier reviews, or in the month of one."""
    ahead = day + timedelta(rule.review_days)
    return day.month in rule.review_months or any(
        day < date(year, month, 1) <= ahead for year in (day.year, day.year + 1) for month in rule.review_months
    )


def silent_loyal(loyalty: Floats, gap: Floats, cadence: Floats, inbound_days: Floats, rule: LaneTable) -> Flags:
    """Loyal, overdue by the cadence, and not heard of in a long time."""
    with np.errstate(invalid="ignore"):
        heard = inbound_days < rule.silent_days
        return (np.round(loyalty, SAME) >= rule.loyal) & (gap > cadence) & ~heard


@record
class Shares:
    """What part of a list is kept for a lane when such clients exist."""

    silent: float
    chance: float
    least_by_points: int = 0  # rows by points even when must-dos fill the day
    beside: int = 0  # rows that the list has besides, in no lane of these


def compose(
    order: Ints, must: Flags, silent: Flags, chance: Flags, length: int, shares: Shares, *, strict: bool = False
) -> dict[Lane, Ints]:
    """Who is on a list of `length`, by lane, each lane in the rank order of `order` (rows that may be listed).

    Must-dos come first; the list grows for them, for a few by points and for its share of silent loyal clients,
    unless `strict`: then it is `length` long at most, the silent loyal keep their share of it, and of more must-dos
    than fit the first by rank are listed. Places kept for opportunities go to the best of them that points alone would
    not have listed.
    """
    first, rest = order[must[order]], order[~must[order]]
    loyal = rest[silent[rest]]
    if strict:
        first = first[: length - min(ceil(_exact(shares.silent * length)), len(loyal))]
    fixed = len(first) + (0 if strict else shares.least_by_points)
    loyal = loyal[: _silent_places(shares.silent, fixed + shares.beside, length + shares.beside)]
    room = max(0, length - len(first) - len(loyal), fixed - len(first))
    others = rest[~np.isin(rest, loyal)]
    kept = min(max(int(_exact(shares.chance * length)), int(shares.chance > 0)), room)
    chances = others[room - kept :]
    chances = chances[chance[chances] & ~silent[chances]][:kept]
    by_points = others[~np.isin(others, chances)][: room - len(chances)]
    quiet = silent[by_points]
    return {
        Lane.MUST: first,
        Lane.PRIORITY: by_points[~quiet],
        Lane.SILENT_LOYAL: rest[np.isin(rest, loyal) | np.isin(rest, by_points[quiet])],
        Lane.OPPORTUNITY: chances,
    }


def _silent_places(share: float, first: int, length: int) -> int:
    """How many make up the share of the list, which grows when must-dos leave no room for them."""
    places = ceil(_exact(share * length))
    return places if first + places <= length else ceil(_exact(first * share / (1 - share)))


def _exact(number: float) -> float:
    return round(number, SAME)
