"""Views of the whole portfolio: who holds how much, loyalty beside satisfaction, the silent loyal, time and value."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.care import portfolio
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.rulebook import book
from rmdesk.services.satisfaction import rules as satisfaction
from rmdesk.services.scoring import tables as scoring
from rmdesk.services.segments import rules as segments
from rmdesk.services.store.reads import Reads

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@record
class Pareto:
    """The clients by AUM, the wealthiest first, and the share of the AUM that they and all before them hold."""

    client: Ints
    amount: Floats
    held: Floats  # cumulative, 0..1
    top: float  # the part of the clients that is looked at, a fifth
    top_share: float | None  # what it holds
    currency: str


@record
class Stood:
    """A client between satisfaction and loyalty; `trap` names both facts of the satisfaction trap, or is empty."""

    client: ClientId
    csat: int
    loyalty: float
    churn: float
    stance: satisfaction.Stance
    trap: tuple[Phrase, ...]


@record
class Silent:
    """A loyal client who has not come to us: days since they did (None: never on record), and their loyalty."""

    client: ClientId
    loyalty: float
    quiet_days: int | None
    gap_days: int | None
    aum_minor: int | None
    currency: str


@record
class TierTime:
    """What a tier is worth and what time it gets, as shares in 0..1."""

    tier: int  # 1..5, 0 unknown
    clients: int
    aum_share: float
    time_share: float


@record
class ClientTime:
    """A client's minutes of the last year, and both shares; `louder`: gets more time than value."""

    client: ClientId
    minutes: float
    time_share: float
    aum_share: float
    loyalty: float
    aum_minor: int | None

    @property
    def louder(self) -> float:
        """How far the share of time is above that of the AUM."""
        return self.time_share - self.aum_share


@record
class TimeValue:
    """Time against value: by tier, and the clients that get the most beyond their value, and the least for it."""

    tiers: tuple[TierTime, ...]
    loud: tuple[ClientTime, ...]
    quiet: tuple[ClientTime, ...]
    minutes: float
    noted: int  # contacts whose length was noted, of
    contacts: int
    currency: str


def pareto(reads: Reads, day: date | None = None) -> Pareto:
    """The 20/80 curve of the known AUM above zero."""
    whole = portfolio.current(reads, day)
    at = np.flatnonzero(whole.aum > 0)
    at = at[np.lexsort((whole.tie[at], -whole.aum[at]))]
    amounts = whole.aum[at]
    held = np.cumsum(amounts) / amounts.sum() if len(at) else amounts
    share = segments.top_share(whole.aum, whole.table.top)
    return Pareto(whole.client[at], amounts, held, whole.table.top, share, whole.currency)


_ANSWERS = """
SELECT client_id, csat, "on" FROM satisfaction s
WHERE csat IS NOT NULL AND "on" <= :day AND NOT EXISTS (
    SELECT 1 FROM satisfaction o WHERE o.client_id = s.client_id AND o.csat IS NOT NULL AND o."on" <= :day
    AND (o."on" > s."on" OR (o."on" = s."on" AND o.id > s.id)))
"""


def stances(reads: Reads, day: date | None = None) -> tuple[Stood, ...]:
    """Every client with a fresh answer, those in the trap first, then by the AUM."""
    whole = portfolio.current(reads, day)
    found: list[tuple[tuple[bool, float, int], Stood]] = []
    for page in reads.pages(_ANSWERS, {"day": whole.day.isoformat()}):
        for client, csat, on in page:
            at = whole.place(client)
            if at is None or whole.excluded[at] or not satisfaction.is_fresh(date.fromisoformat(on), whole.day):
                continue
            loyalty, churn = float(whole.loyalty[at]), float(np.nan_to_num(whole.inputs["R"][at]))
            stance = satisfaction.stance(csat, loyalty)
            if stance is not None:
                trap = satisfaction.trap(csat, loyalty, churn)
                order = (not trap, -float(np.nan_to_num(whole.aum[at])), int(whole.tie[at]))
                found.append((order, Stood(ClientId(client), csat, loyalty, churn, stance, trap)))
    return tuple(one for _order, one in sorted(found, key=lambda pair: pair[0]))


def silent_loyal(reads: Reads, day: date | None = None) -> tuple[Silent, ...]:
    """Loyal clients who have not come to us for long, the most loyal first: reward the loyal, not the loud."""
    whole, lanes = portfolio.current(reads, day), scoring.lanes()
    inbound = whole.measures["inbound"]
    silent = np.isnan(inbound) | (inbound >= lanes.silent_days)
    loyal = (np.round(whole.loyalty, 9) >= lanes.loyal) & (whole.excluded == 0)
    at = np.flatnonzero(loyal & silent)
    at = at[np.lexsort((whole.tie[at], -np.nan_to_num(whole.aum[at]), -whole.loyalty[at]))]
    return tuple(
        Silent(
            ClientId(int(whole.client[one])),
            float(whole.loyalty[one]),
            None if np.isnan(inbound[one]) else int(inbound[one]),
            None if np.isnan(whole.gap[one]) else int(whole.gap[one]),
            _minor(whole, one),
            whole.currency,
        )
        for one in at.tolist()
    )


_TIME = """
SELECT client_id, sum(coalesce(minutes, usual.value)), count(*), count(minutes)
FROM visit LEFT JOIN json_each(:usual) usual ON usual.key = visit.channel
WHERE state = 'held' AND two_way AND "on" > date(:day, :back) AND "on" <= :day GROUP BY client_id
"""


def time_value(reads: Reads, day: date | None = None, most: int = 20) -> TimeValue:
    """The minutes of the last year beside the AUM; where nobody noted a length, one of the channel is assumed."""
    whole, rule = portfolio.current(reads, day), book("loyalty")["time"]
    minutes = np.zeros(whole.size)
    contacts = noted = 0
    given = {"day": whole.day.isoformat(), "back": f"-{rule['days']['value']} days"}
    for page in reads.pages(_TIME, {**given, "usual": json.dumps(rule["minutes"]["value"])}):
        for client, spent, count, told in page:
            at = whole.place(client)
            if at is not None:
                minutes[at] = spent or 0.0
            contacts, noted = contacts + count, noted + told
    amounts = np.maximum(np.nan_to_num(whole.aum), 0.0)
    time_share, aum_share = _shares(minutes), _shares(amounts)
    tiers = tuple(
        TierTime(
            tier, int((whole.tier == tier).sum()), float(aum_share[whole.tier == tier].sum()),
            float(time_share[whole.tier == tier].sum()),
        )
        for tier in (5, 4, 3, 2, 1, 0)
        if (whole.tier == tier).any()
    )  # fmt: skip
    louder = np.round(time_share - aum_share, 12)
    order = np.lexsort((whole.tie, -louder))
    loud = [at for at in order[:most].tolist() if louder[at] > 0]
    quiet = [at for at in order[::-1][:most].tolist() if louder[at] < 0]

    def row(at: int) -> ClientTime:
        return ClientTime(
            ClientId(int(whole.client[at])), float(minutes[at]), float(time_share[at]), float(aum_share[at]),
            float(whole.loyalty[at]), _minor(whole, at),
        )  # fmt: skip

    return TimeValue(
        tiers, tuple(map(row, loud)), tuple(map(row, quiet)), float(minutes.sum()), noted, contacts, whole.currency
    )


def _shares(values: Floats) -> Floats:
    total = values.sum()
    return values / total if total > 0 else values


def _minor(whole: Portfolio, at: int) -> int | None:
    return None if np.isnan(whole.aum[at]) else whole.minor(float(whole.aum[at]))
