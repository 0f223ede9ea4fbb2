"""Reads the whole of the gifts: the budget of a year, occasions ahead without one, cost against value, thanks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.base.money import Money
from rmdesk.models.kinds import ClientId, GiftState, OccasionKind
from rmdesk.services import settings
from rmdesk.services.clients.standing import contactable
from rmdesk.services.gifts import rules, tables
from rmdesk.services.gifts import settings as own
from rmdesk.services.gifts.facts import COMMITTED, COUNTING, DAY, sums_of
from rmdesk.services.gifts.library import ideas_for
from rmdesk.services.gifts.overview_rows import AheadRow, Budget, ThanksRow, ValueRow
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.occasions import names
from rmdesk.services.occasions.due import Due, due
from rmdesk.services.rulebook import book
from rmdesk.services.settings.general import CURRENCY, FX_RATES
from rmdesk.services.store.reads import Reads


def budget_of(reads: Reads, year: int | None = None) -> Budget:
    """What is used of the budget of a year, by default this one."""
    today = clock.today()
    year = year or today.year
    home = settings.value(reads, CURRENCY)
    row = reads.one(
        f"SELECT count(*) FILTER (WHERE {COMMITTED}), count(g.breach) FROM gift g WHERE substr({DAY}, 1, 4) = :year",
        {"today": today.isoformat(), "year": f"{year:04d}"},
    )
    gifts, breaches = (0, 0) if row is None else row
    return Budget(
        year=year,
        currency=home,
        limit=Money.of(settings.value(reads, own.BUDGET), home).minor,
        counted=sums_of(reads, year, "", None).budget,
        gifts=gifts,
        breaches=breaches,
    )


def ahead(reads: Reads, day: date | None = None, *, ideas: bool = True) -> tuple[AheadRow, ...]:
    """Occasions within their lead time without a gift, the nearest first: for which clients, rules/gifts.toml says.

    With `ideas`, those that suit come along for the first rows.
    """
    from rmdesk.services.care import portfolio

    today = day or clock.today()
    whole = portfolio.current(reads, today)
    wanted = {int(tier[1:]) for tier in tables.figure("ahead", "tiers")}
    tiers = {int(client): int(tier) for client, tier in zip(whole.client, whole.tier, strict=True) if tier in wanted}
    most, late = int(tables.figure("ahead", "days")), int(tables.figure("ahead", "late_days"))
    kinds = {OccasionKind(kind) for kind in tables.figure("ahead", "kinds")}
    found = [
        one
        for one in due(reads, today - timedelta(late), today + timedelta(most))
        if one.kind in kinds and one.client in tiers and (one.on - today).days <= _lead(one, tiers[one.client])
    ]
    people = _contactable(reads, sorted({one.client for one in found}))
    gifts = _days_of_gifts(reads, list(people))
    near = timedelta(int(tables.figure("ahead", "near_days")))
    rows = [
        AheadRow(
            client=ClientId(one.client),
            name=people[one.client],
            tier=f"T{tiers[one.client]}",
            on=one.on,
            days=(one.on - today).days,
            title=names.title(one),
            occasion_id=one.occasion,
            kind=one.kind,
            person=one.person,
        )
        for one in found
        if one.client in people and not any(abs(on - one.on) <= near for on in gifts.get(one.client, ()))
    ]
    rows.sort(key=lambda row: (row.days < 0, abs(row.days), -int(row.tier[1:]), row.client))
    rows = rows[: int(tables.figure("ahead", "most"))]
    shown = int(tables.figure("ahead", "shown")) if ideas else 0
    return (*(_with_ideas(reads, row) for row in rows[:shown]), *rows[shown:])


def values(reads: Reads, day: date | None = None, most: int = 200) -> tuple[ValueRow, ...]:
    """Clients for whom gifts were given in the last 12 months, the dearest against their assets first."""
    today = day or clock.today()
    rows = reads.rows(
        f"""
        SELECT g.client_id, c.name, count(*), json_group_array(json_array(g.currency, g.cost_minor)), f.aum_minor,
               f.currency, avg(g.liking)
        FROM gift g JOIN client c ON c.id = g.client_id LEFT JOIN client_figures f ON f.client_id = g.client_id
        WHERE {COMMITTED} AND {DAY} > :since AND {DAY} <= :today
        GROUP BY g.client_id ORDER BY count(*) DESC LIMIT 5000
        """,
        {
            "today": today.isoformat(),
            "since": rules.months_before(today, int(tables.figure("value", "months"))).isoformat(),
        },
    )
    home, rates = settings.value(reads, CURRENCY), settings.value(reads, FX_RATES)
    made = []
    for client, name, gifts, costs, aum, currency, liking in rows:
        cost = 0
        known: int | None = 0
        for unit, minor in json.loads(costs):
            known = None if minor is None else rules.converted(minor, unit or home, home, rates)
            if known is None:
                break
            cost += known
        whole = aum if currency == home else None
        share = cost / whole if known is not None and whole else None
        made.append(
            ValueRow(ClientId(client), name, gifts, None if known is None else cost, home, whole, share, liking)
        )
    made.sort(key=lambda row: (-(row.share if row.share is not None else -1.0), row.client))
    return tuple(made[:most])


def value_of(reads: Reads, client: ClientId, day: date | None = None) -> ValueRow | None:
    """Cost against value of one client; None where nothing was given in 12 months."""
    return next((row for row in values(reads, day, most=5000) if row.client == client), None)


def thanks(reads: Reads, most: int = 200) -> tuple[ThanksRow, ...]:
    """Valued suggestions, those not thanked for first, then the newest."""
    rows = reads.rows(
        f"""
        SELECT f.id, f.client_id, c.name, f.received_on, f.text, g.id, g.title, g.state
        FROM feedback f JOIN client c ON c.id = f.client_id
        LEFT JOIN gift g ON g.feedback_id = f.id AND g.state NOT IN ('dropped', 'returned')
        WHERE (f.valued AND {contactable("c")}) OR g.id IS NOT NULL
        ORDER BY g.id IS NOT NULL, f.received_on DESC, f.id LIMIT :most
        """,
        {"most": most},
    )
    return tuple(
        ThanksRow(
            row[0],
            ClientId(row[1]),
            row[2],
            date.fromisoformat(row[3]),
            row[4],
            row[5],
            row[6],
            None if row[7] is None else GiftState(row[7]),
        )
        for row in rows
    )


def _lead(one: Due, tier: int) -> int:
    """How many days ahead an occasion is prepared: as its record says, or as the tier asks."""
    lead = book("occasions")["lead"]
    usual = lead["long_days"] if f"T{tier}" in lead["long_tiers"]["value"] else lead["days"]
    return int(usual["value"]) if one.lead_days is None else one.lead_days


def _contactable(reads: Reads, clients: Sequence[int]) -> dict[int, str]:
    sql = f"SELECT id, name FROM client WHERE id IN (SELECT value FROM json_each(?)) AND {contactable()}"
    return {row[0]: row[1] for row in reads.rows(sql, (json.dumps(list(clients)),))}


def _days_of_gifts(reads: Reads, clients: Sequence[int]) -> dict[int, list[date]]:
    """The days of gifts that are planned, or given, for clients; one without a day is for whatever comes next."""
    sql = f"""
        SELECT g.client_id, {DAY} FROM gift g
        WHERE g.client_id IN (SELECT value FROM json_each(:clients)) AND {COUNTING}
    """
    days: dict[int, list[date]] = {}
    for client, on in reads.rows(sql, {"clients": json.dumps(list(clients)), "today": clock.today().isoformat()}):
        days.setdefault(client, []).append(date.fromisoformat(on))
    return days


def _with_ideas(reads: Reads, row: AheadRow) -> AheadRow:
    from dataclasses import replace

    draft = Draft(client=row.client, title="", planned_for=row.on)
    return replace(row, ideas=ideas_for(reads, draft, row.kind.value)[:2])
