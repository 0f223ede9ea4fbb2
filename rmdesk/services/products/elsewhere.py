"""Reads what clients are known to hold elsewhere, as far as it was confirmed not too long ago."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.models.kinds import AssetKind, ClientId
from rmdesk.services import settings
from rmdesk.services.products.tables import table
from rmdesk.services.segments import assets
from rmdesk.services.settings import general
from rmdesk.services.store.reads import Reads, Row


@dataclass(frozen=True, slots=True)
class ElsewhereRow:
    """Something held at another bank. `amount_minor` None: nobody knows how much; `fresh`: confirmed lately."""

    id: str
    client: ClientId
    place: str
    kind: AssetKind
    amount_minor: int | None
    currency: str
    confirmed_on: date
    matures_on: date | None
    note: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a client is from the next tier, and what is known to lie elsewhere; amounts in `currency`.

    `tier` is the next one. `missing_minor` is how much more the three-month mean needs; `elsewhere_minor` what was
    confirmed lately; `unknown`: something lies elsewhere of which nobody knows the amount.
    """

    tier: str
    missing_minor: int
    elsewhere_minor: int
    unknown: bool
    currency: str

    @property
    def reaches(self) -> bool:
        """Whether what lies elsewhere would do."""
        return self.elsewhere_minor >= self.missing_minor


@dataclass(frozen=True, slots=True)
class Known:
    """What a client holds elsewhere, how far the next tier is, and the portfolio's currency."""

    rows: tuple[ElsewhereRow, ...]
    gap: Gap | None
    home: str


def elsewhere_of(reads: Reads, client: ClientId, day: date | None = None) -> tuple[ElsewhereRow, ...]:
    """What a client holds elsewhere, largest first."""
    since = _since(day)
    rows = reads.rows(
        "SELECT id, client_id, place, kind, amount_minor, currency, confirmed_on, matures_on, note FROM asset_elsewhere"
        " WHERE client_id = ? ORDER BY amount_minor IS NULL, amount_minor DESC, place, id",
        (client,),
    )
    return tuple(_row(row, since) for row in rows)


def confirmed(reads: Reads, day: date | None = None) -> dict[ClientId, int]:
    """What was confirmed within the time to lie elsewhere, by client, in the portfolio's minor units.

    For the hint that a client has money (MAN). Amounts without a rate and unknown ones are left out.
    """
    currency = settings.value(reads, general.CURRENCY)
    rows = reads.rows(
        "WITH rate(currency, factor) AS MATERIALIZED (SELECT key, value FROM json_each(:rates))"
        " SELECT e.client_id, CAST(round(sum(e.amount_minor * rate.factor)) AS INTEGER) FROM asset_elsewhere e"
        " JOIN rate ON rate.currency = e.currency WHERE e.amount_minor IS NOT NULL AND e.confirmed_on >= :since"
        " GROUP BY e.client_id",
        {"rates": json.dumps(assets.factors(reads, currency)), "since": _since(day).isoformat()},
    )
    return {ClientId(client): minor for client, minor in rows}


def known_of(reads: Reads, client: ClientId, day: date | None = None) -> Known:
    """All of it for the client's file."""
    home = settings.value(reads, general.CURRENCY)
    return Known(elsewhere_of(reads, client, day), gap_of(reads, client, day), home)


def gap_of(reads: Reads, client: ClientId, day: date | None = None) -> Gap | None:
    """How far a client is from the next tier; None in the highest tier, or where the AUM is unknown."""
    from rmdesk.services.care import portfolio

    whole = portfolio.load(reads, day, [client])
    at = whole.place(client)
    if at is None or not whole.tier[at] or int(whole.tier[at]) > len(whole.table.cuts):
        return None
    mean, cut = float(whole.measures["mean"][at]), whole.table.cuts[int(whole.tier[at]) - 1]
    if mean != mean:
        return None
    held = [one for one in elsewhere_of(reads, client, day) if one.fresh]
    rates = assets.factors(reads, whole.currency)
    known = sum(
        round(one.amount_minor * rates[one.currency])
        for one in held
        if one.amount_minor is not None and one.currency in rates
    )
    unknown = any(one.amount_minor is None or one.currency not in rates for one in held)
    return Gap(f"T{int(whole.tier[at]) + 1}", whole.minor(max(0.0, cut - mean)), known, unknown, whole.currency)


def _since(day: date | None) -> date:
    return (day or clock.today()) - timedelta(table().elsewhere_days)


def _row(row: Row, since: date) -> ElsewhereRow:
    on = date.fromisoformat(row[6])
    return ElsewhereRow(
        id=row[0],
        client=ClientId(row[1]),
        place=row[2],
        kind=AssetKind(row[3]),
        amount_minor=row[4],
        currency=row[5],
        confirmed_on=on,
        matures_on=None if row[7] is None else date.fromisoformat(row[7]),
        note=row[8] or "",
        fresh=on >= since,
    )
