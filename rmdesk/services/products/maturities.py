"""Reads what matures when, and what is planned for it: the ladder by month, and the list behind each rung.

A plan is the desk's own and says nothing of the bank: `renewed` is what the bank told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.models.kinds import AssetKind, ClientId, RenewalWay
from rmdesk.services import settings
from rmdesk.services.holdings.queries import month_of
from rmdesk.services.products.maturity_rows import MaturityRow, PlanRow, Rung
from rmdesk.services.products.tables import table
from rmdesk.services.segments import assets
from rmdesk.services.settings import general
from rmdesk.services.store.reads import Reads, Row

MOST = 400  # holdings of a list; all are counted


@dataclass(frozen=True, slots=True)
class Ladder:
    """The next months, each with its rung; `undecided_minor` is what has no plan, or one that says undecided."""

    currency: str
    rungs: tuple[Rung, ...]

    @property
    def amount_minor(self) -> int:
        """All that matures."""
        return sum(rung.amount_minor for rung in self.rungs)

    @property
    def undecided_minor(self) -> int:
        """What nobody has decided on."""
        return sum(rung.states.get("open", 0) + rung.states.get("undecided", 0) for rung in self.rungs)


@dataclass(frozen=True, slots=True)
class Found:
    """Holdings that mature in a time, the nearest first, at most MOST of them; `count` is how many there are."""

    rows: tuple[MaturityRow, ...]
    count: int


_RATE = "WITH rate(currency, factor) AS MATERIALIZED (SELECT key, value FROM json_each(:rates)) "
_WORTH = "CASE WHEN h.currency = :currency THEN h.amount_minor ELSE h.amount_minor * rate.factor END"
_FROM = """
FROM holding h LEFT JOIN rate ON rate.currency = h.currency LEFT JOIN renewal_plan r ON r.holding_key = h.key
"""
# What is over has ended on its day or before; a holding that ends on the day it matures is still to mature.
_WHERE = """
WHERE h.matures_on BETWEEN :start AND :end AND (h.ended_on IS NULL OR h.ended_on > :today)
  AND h.kind IN (SELECT value FROM json_each(:kinds))
"""


def ladder(
    reads: Reads, day: date | None = None, months: int | None = None, client: ClientId | None = None,
    until: date | None = None,
) -> Ladder:  # fmt: skip
    """What matures from `day` on, month by month, for `months` calendar months with the present one (12 by the rules).

    Without `client` for the whole portfolio. `until` is a last day within these months, as a list has it; what has
    ended by now is over, however early `day` is.
    """
    begin = day or clock.today()
    first, count = month_of(begin), months or table().months
    last = _last_day(first + count - 1)
    currency, params = _params(reads, max(begin, clock.today()), begin, last if until is None else min(until, last))
    rungs = {month: Rung(month, 0, 0, 0, {}) for month in range(first, first + count)}
    rows = reads.rows(
        f"{_RATE} SELECT substr(h.matures_on, 1, 7),"
        " CASE WHEN h.renewed THEN 'renewed' ELSE coalesce(r.way, 'open') END,"
        f" count(*), count({_WORTH}), CAST(round(coalesce(sum({_WORTH}), 0)) AS INTEGER) {_FROM} {_WHERE}"
        f" {_of(client)} GROUP BY 1, 2",
        params | {"client": client},
    )
    for month, state, held, known, amount in rows:
        at = int(month[:4]) * 12 + int(month[5:]) - 1
        rung = rungs[at]
        states = rung.states | {state: rung.states.get(state, 0) + amount}
        rungs[at] = Rung(at, rung.amount_minor + amount, rung.count + held, rung.unknown + held - known, states)
    return Ladder(currency, tuple(rungs.values()))


def maturing(
    reads: Reads, start: date, end: date, client: ClientId | None = None, day: date | None = None, most: int = MOST
) -> Found:
    """What matures from `start` to `end`, both included: the nearest `most`, of one client or of all."""
    today = day or clock.today()
    currency, params = _params(reads, today, start, end)
    params |= {"client": client, "most": most}
    count = reads.value(f"SELECT count(*) FROM holding h {_WHERE} {_of(client)}", params)
    rows = reads.rows(
        f"{_RATE} SELECT h.id, h.key, h.client_id, c.name, coalesce(c.number, ''),"
        " coalesce(nullif(h.name, ''), p.name, ''), h.kind, p.code, h.amount_minor, h.currency, CAST(round("
        f"{_WORTH}) AS INTEGER), h.rate_bp, h.matures_on, h.renewed, r.id, r.way, r.product_code,"
        f" coalesce(m.name, r.product_code, ''), r.\"on\", r.note, r.planned_on {_FROM}"
        " JOIN client c ON c.id = h.client_id LEFT JOIN product p ON p.id = h.product_id"
        f" LEFT JOIN product m ON m.code = r.product_code {_WHERE} {_of(client)}"
        " ORDER BY h.matures_on, h.amount_minor DESC, h.id LIMIT :most",
        params,
    )
    return Found(tuple(_row(row, currency, today) for row in rows), count)


def month_days(month: int) -> tuple[date, date]:
    """First and last day of a month counted from year 0."""
    return date(month // 12, month % 12 + 1, 1), _last_day(month)


def _params(reads: Reads, today: date, start: date, end: date) -> tuple[str, dict[str, object]]:
    currency = settings.value(reads, general.CURRENCY)
    return currency, {
        "rates": json.dumps(assets.factors(reads, currency)),
        "currency": currency,
        "today": today.isoformat(),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "kinds": json.dumps(sorted(table().assets)),
    }


def _of(client: ClientId | None) -> str:
    return "" if client is None else "AND h.client_id = :client"


def _last_day(month: int) -> date:
    return date.fromordinal(date((month + 1) // 12, (month + 1) % 12 + 1, 1).toordinal() - 1)


def _row(row: Row, currency: str, today: date) -> MaturityRow:
    matures = date.fromisoformat(row[12])
    plan = None
    if row[14] is not None:
        on = None if row[18] is None else date.fromisoformat(row[18])
        way = RenewalWay(row[15])
        plan = PlanRow(row[14], way, row[16], row[17], on, row[19] or "", date.fromisoformat(row[20]))
    return MaturityRow(
        id=row[0],
        key=row[1],
        client=ClientId(row[2]),
        client_name=row[3],
        number=row[4],
        name=row[5],
        kind=AssetKind(row[6]),
        product=row[7],
        amount_minor=row[8],
        currency=row[9],
        worth_minor=row[10],
        money=currency,
        rate_bp=row[11],
        matures_on=matures,
        days_left=(matures - today).days,
        renewed=None if row[13] is None else bool(row[13]),
        plan=plan,
    )
