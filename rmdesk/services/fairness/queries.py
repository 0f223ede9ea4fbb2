"""The fairness meter: money and hours for new against existing clients, beside what they hold; influencers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

from rmdesk.base.record import record
from rmdesk.models.kinds import GatheringState, GiftState, RelationKind, VisitState
from rmdesk.services.fairness import rules
from rmdesk.services.fairness.rules import Part
from rmdesk.services.gifts.rules import converted
from rmdesk.services.rulebook import book
from rmdesk.services.segments.assets import portfolio_currency
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.general import FX_RATES
from rmdesk.services.store.reads import Reads


@record
class Meter:
    """What went to whom from `start` to `end`. Amounts in minor units of `currency`, time in minutes.

    Who is new and who is existing is judged once, at the end, for the money and the hours as for clients and AUM.
    Who came after the end is not in it.
    `costless`: spends whose cost nobody knows, counted and not taken as zero; `unassigned`: what events cost to which
    nobody of this portfolio came.
    """

    start: date
    end: date
    currency: str
    clients: Part
    weighed: Part  # clients whose AUM is known
    aum: Part
    gifts: Part
    events: Part
    benefits: Part
    minutes: Part
    direct: int  # gifts to the clients themselves,
    influencers: int  # to those who influence them,
    around: int  # and to others around them
    costless: int
    unassigned: int
    contacts: int
    noted: int  # contacts whose length somebody noted; the others take what is usual in their channel
    least: float

    @property
    def money(self) -> Part:
        """Gifts, events and benefits together."""
        return self.gifts + self.events + self.benefits

    @property
    def money_ratio(self) -> float | None:
        """The existing clients' share of the money over their share of the AUM; should be 1 or more.
        None where one side has no clients: there is nothing to compare."""
        return rules.ratio(self.money, self.aum, self.weighed)

    @property
    def hours_ratio(self) -> float | None:
        """The same of the hours."""
        return rules.ratio(self.minutes, self.aum, self.weighed)

    @property
    def ratio(self) -> float | None:
        """The one figure for a page (老客户投入比): of the money, or of the hours where no money was spent."""
        return self.money_ratio if self.money_ratio is not None else self.hours_ratio

    @property
    def fair(self) -> bool | None:
        """Whether existing clients get their share; None where that is unknown."""
        return None if self.ratio is None else round(self.ratio, 2) >= self.least


_SINCE = "nullif(min(coalesce(c.opened_on, '9999'), coalesce(f.since, '9999')), '9999')"
_WHO = f"""CASE WHEN {_SINCE} IS NULL THEN CASE c.origin WHEN 'desk' THEN 'new' ELSE 'unknown' END
WHEN :end < date({_SINCE}, :months) THEN 'new' ELSE 'existing' END"""
_CLIENT = "JOIN client c ON c.id = {of} LEFT JOIN client_figures f ON f.client_id = c.id"
_HELD = f"""
SELECT {_WHO}, count(*), count(f.aum_minor), total(max(f.aum_minor, 0))
FROM client c LEFT JOIN client_figures f ON f.client_id = c.id
WHERE c.merged_into IS NULL AND c.status IN ('active', 'do_not_contact')
AND coalesce({_SINCE}, '') <= :end GROUP BY 1
"""
_SPENT = f"({', '.join(repr(state.value) for state in (GiftState.BOUGHT, GiftState.GIVEN, GiftState.NOTED))})"
_GIFT_DAY = "coalesce(g.given_on, g.bought_on)"
_INFLUENCES = f"""EXISTS (SELECT 1 FROM relationship r WHERE r.kind = '{RelationKind.INFLUENCER.value}'
AND r.to_client_id = g.client_id AND (r.from_person_id = g.to_person_id OR r.from_client_id = g.to_client_id))"""
_GIFTS = f"""
SELECT {_WHO}, g.currency,
CASE WHEN g.to_person_id IS NULL AND coalesce(g.to_client_id, g.client_id) = g.client_id THEN 'direct'
WHEN {_INFLUENCES} THEN 'influencers' ELSE 'around' END, g.cost_minor IS NULL, count(*), total(g.cost_minor)
FROM gift g {_CLIENT.format(of="g.client_id")}
WHERE g.state IN {_SPENT} AND {_GIFT_DAY} BETWEEN :start AND :end GROUP BY 1, 2, 3, 4
"""
_EVENTS = f"""
SELECT g.id, g.cost_minor, g.currency, g.guests, CASE WHEN i.id IS NULL THEN '' ELSE {_WHO} END,
sum(1 + coalesce(i.companions, 0))
FROM gathering g LEFT JOIN invitation i ON i.gathering_id = g.id AND i.came
LEFT JOIN client c ON c.id = i.client_id LEFT JOIN client_figures f ON f.client_id = c.id
WHERE g.state = '{GatheringState.HELD.value}' AND g."on" BETWEEN :start AND :end GROUP BY 1, 5
"""
_BENEFITS = f"""
SELECT {_WHO}, b.currency, b.cost_minor IS NULL, count(*), total(b.cost_minor)
FROM benefit_use b {_CLIENT.format(of="b.client_id")} WHERE b."on" BETWEEN :start AND :end GROUP BY 1, 2, 3
"""
_HOURS = f"""
SELECT {_WHO}, total(coalesce(v.minutes, usual.value)), count(*), count(v.minutes)
FROM visit v {_CLIENT.format(of="v.client_id")} LEFT JOIN json_each(:usual) usual ON usual.key = v.channel
WHERE v.state = '{VisitState.HELD.value}' AND v.two_way AND v."on" BETWEEN :start AND :end GROUP BY 1
"""

Home = Callable[[int, str | None], int | None]  # an amount in the portfolio's currency, None without a rate


def meter(reads: Reads, start: date, end: date) -> Meter:
    """What new and existing clients got from `start` to `end`, both included."""
    given = {"start": start.isoformat(), "end": end.isoformat(), "months": f"+{rules.figure('new', 'months')} months"}
    told = reads.value("SELECT currency FROM client_figures LIMIT 1")  # to ask all facts takes a second, of many
    currency, rates = told or portfolio_currency(reads), settings.value(reads, FX_RATES)

    def home(minor: int, unit: str | None) -> int | None:
        return converted(minor, unit or currency, currency, rates)

    clients, weighed, aum = _held(reads, given)
    gifts, whom, costless = _gifts(reads, given, home)
    events, unassigned, unknown = _events(reads, given, home)
    benefits, priceless = _benefits(reads, given, home)
    minutes, contacts, noted = _hours(reads, given)
    return Meter(
        start, end, currency, clients, weighed, aum, gifts, events, benefits, minutes, whom["direct"],
        whom["influencers"], whom["around"], costless + unknown + priceless, unassigned, contacts, noted,
        float(book("fairness")["ratio"]["least"]["value"]),
    )  # fmt: skip


def _part(told: Mapping[str, float]) -> Part:
    return Part(*(round(told.get(name, 0)) for name in ("new", "existing", "unknown")))


def _held(reads: Reads, given: dict[str, str]) -> tuple[Part, Part, Part]:
    """Clients, those of them whose AUM is known, and their AUM."""
    rows = reads.rows(_HELD, given)
    clients, weighed, aum = (_part({row[0]: row[at] for row in rows}) for at in (1, 2, 3))
    return clients, weighed, aum


def _gifts(reads: Reads, given: dict[str, str], home: Home) -> tuple[Part, dict[str, int], int]:
    told: dict[str, float] = defaultdict(float)
    whom: dict[str, int] = defaultdict(int)
    costless = 0
    for who, unit, to, unknown, count, total in reads.rows(_GIFTS, given):
        minor = None if unknown else home(int(total), unit)
        if minor is None:
            costless += count
        else:
            told[who] += minor
            whom[to] += minor
    return _part(told), whom, costless


def _events(reads: Reads, given: dict[str, str], home: Home) -> tuple[Part, int, int]:
    """By heads: what an event cost is shared among all who came, companions too."""
    came: dict[str, dict[str, int]] = defaultdict(dict)
    costs: dict[str, tuple[int | None, str | None, int | None]] = {}
    for key, cost, unit, guests, who, heads in reads.rows(_EVENTS, given):
        costs[key] = (cost, unit, guests)
        if who:
            came[key][who] = heads
    told: dict[str, float] = defaultdict(float)
    unassigned = unknown = 0
    for key, (cost, unit, guests) in costs.items():
        minor = None if cost is None else home(cost, unit)
        ours = sum(came[key].values())
        if minor is None:
            unknown += 1
        elif not ours:
            unassigned += minor
        else:
            for who, heads in came[key].items():
                told[who] += minor * heads / max(ours, guests or 0)
    return _part(told), unassigned, unknown


def _benefits(reads: Reads, given: dict[str, str], home: Home) -> tuple[Part, int]:
    told: dict[str, float] = defaultdict(float)
    costless = 0
    for who, unit, unknown, count, total in reads.rows(_BENEFITS, given):
        minor = None if unknown else home(int(total), unit)
        if minor is None:
            costless += count
        else:
            told[who] += minor
    return _part(told), costless


def _hours(reads: Reads, given: dict[str, str]) -> tuple[Part, int, int]:
    usual = json.dumps(book("loyalty")["time"]["minutes"]["value"])
    rows = reads.rows(_HOURS, {**given, "usual": usual})
    return _part({row[0]: row[1] for row in rows}), sum(row[2] for row in rows), sum(row[3] for row in rows)
