"""Reads what the head and the overview of a client's file show: where the client stands, and occasions ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId, Familiarity, Tier
from rmdesk.services.clients import freshness
from rmdesk.services.clients.table import FAMILIARITIES, TIERS
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Place:
    """Where a client stands. `man` is the range of the difficulty coefficient, 1 to 5; None is unknown."""

    client: ClientId
    tier: Tier | None
    watch: bool
    familiarity: Familiarity
    overridden: bool
    group: str | None
    aum_minor: int | None
    currency: str
    stale: bool
    change_90: float | None
    gap_days: int | None
    cadence_days: int | None
    loyalty: float | None
    man: tuple[int, int]


@dataclass(frozen=True, slots=True)
class OccasionAhead:
    """An occasion of the client or of somebody around them; `years` is the age or number of years, when known.

    `greeted` is when the client was greeted for it.
    """

    on: date
    days: int
    title: Phrase
    lunar: bool
    years: int | None
    is_birthday: bool = False
    greeted: date | None = None


# How much is behind each tab: a number per name in ui/clients/tabs.
_COUNTS = """
SELECT (SELECT count(*) FROM visit WHERE client_id = :client),
       (SELECT count(*) FROM gift WHERE client_id = :client AND state <> 'dropped'),
       (SELECT count(*) FROM occasion WHERE client_id = :client),
       (SELECT count(*) FROM journal_client WHERE client_id = :client),
       (SELECT count(*) FROM holding WHERE client_id = :client),
       (SELECT count(*) FROM relationship WHERE from_client_id = :client OR to_client_id = :client),
       (SELECT count(*) FROM complaint WHERE client_id = :client)
           + (SELECT count(*) FROM feedback WHERE client_id = :client)
"""
COUNTED = ("visits", "gifts", "occasions", "journals", "holdings", "relations", "complaints")


def counts_of(reads: Reads, client: ClientId) -> dict[str, int]:
    """How many records a client has, by the name of the tab that shows them."""
    row = reads.one(_COUNTS, {"client": client})
    assert row is not None
    return dict(zip(COUNTED, row, strict=True))


def place_of(reads: Reads, client: ClientId, day: date | None = None) -> Place | None:
    """Where a client stands; None when the client is not in the portfolio."""
    import numpy as np

    from rmdesk.services.care import portfolio

    whole = portfolio.load(reads, day, [client])
    at = whole.place(client)
    if at is None:
        return None

    def number(value: float) -> float | None:
        return None if np.isnan(value) else float(value)

    worth, gap, cadence = whole.worth_aum[at], number(whole.gap[at]), number(whole.cadence[at])
    return Place(
        client=client,
        tier=TIERS[int(whole.tier[at]) - 1] if whole.tier[at] else None,
        watch=bool(whole.watch[at]),
        familiarity=FAMILIARITIES[int(whole.familiarity[at])],
        overridden=bool(whole.override[at]),
        group=f"G{whole.group[at]}" if whole.group[at] else None,
        aum_minor=None if np.isnan(worth) else whole.minor(worth),
        currency=whole.currency,
        stale=bool(whole.stale[at]),
        change_90=number(whole.change_90[at]),
        gap_days=None if gap is None else int(gap),
        cadence_days=None if cadence is None else int(cadence),
        loyalty=number(whole.loyalty[at]),
        man=(int(whole.man_low[at]), int(whole.man_high[at])),
    )


def occasions_of(reads: Reads, client: ClientId, day: date | None = None) -> tuple[OccasionAhead, ...]:
    """The client's occasions of the year ahead, the next one first."""
    from rmdesk.models.kinds import Calendar
    from rmdesk.services.care.greeted import with_greetings
    from rmdesk.services.occasions import due, names

    today = day or clock.today()
    last = today + timedelta(freshness.occasion_days())
    found = with_greetings(reads, due.due(reads, today, last, (client,)), today, last, (client,))
    return tuple(
        OccasionAhead(
            on=one.on,
            days=(one.on - today).days,
            title=names.title(one),
            lunar=one.calendar is Calendar.LUNAR,
            years=one.years,
            is_birthday=one.kind in names.BIRTHDAYS,
            greeted=greeted,
        )
        for one, greeted in sorted(found, key=lambda pair: (pair[0].on, pair[0].kind))
    )
