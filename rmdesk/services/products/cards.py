"""Reads product cards: what the bank tells of a product, what the team knows, who holds it and how much."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.models.kinds import AssetKind, ClientId
from rmdesk.services import settings
from rmdesk.services.products import suitability
from rmdesk.services.segments import assets
from rmdesk.services.settings import general
from rmdesk.services.store.reads import Reads, Row


@dataclass(frozen=True, slots=True)
class CardRow:
    """A product with its card. `clients` hold it now, `amount_minor` in all, in the portfolio's currency `held_in`
    (None: nobody told an amount). Empty texts where no card was written; None is unknown.
    """

    id: int
    code: str
    name: str
    kind: AssetKind
    risk: int | None
    term_days: int | None
    rate_bp: int | None
    minimum_minor: int | None
    currency: str
    clients: int
    amount_minor: int | None
    held_in: str
    facts: str
    suits: str
    talk: str
    written_on: date | None
    card: str | None = None  # the id of what was written

    @property
    def written(self) -> bool:
        """Whether somebody wrote the card."""
        return self.written_on is not None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many clients hold a product, and how many who do not may be offered it, by the code of the gate's answer."""

    holders: tuple[ClientId, ...]
    may: tuple[ClientId, ...]
    stopped: dict[str, int]


_CARDS = """
WITH rate(currency, factor) AS MATERIALIZED (SELECT key, value FROM json_each(:rates)),
held AS (
    SELECT h.product_id AS product, count(DISTINCT h.client_id) AS clients,
           sum(CASE WHEN h.currency = :currency THEN h.amount_minor ELSE h.amount_minor * rate.factor END) AS amount
    FROM holding h LEFT JOIN rate ON rate.currency = h.currency
    WHERE h.product_id IS NOT NULL AND (h.ended_on IS NULL OR h.ended_on > :today)
    GROUP BY h.product_id
)
SELECT p.id, p.code, p.name, p.kind, p.risk, p.term_days, p.rate_bp, p.minimum_minor, coalesce(p.currency, :currency),
       coalesce(held.clients, 0), CAST(round(held.amount) AS INTEGER), c.facts, c.suits, c.talk, c.written_on, c.id
FROM product p LEFT JOIN held ON held.product = p.id LEFT JOIN product_card c ON c.code = p.code
"""


def cards(reads: Reads, day: date | None = None) -> tuple[CardRow, ...]:
    """All products, by kind and risk, most held first."""
    rows = _read(reads, "ORDER BY p.kind, p.risk, coalesce(held.clients, 0) DESC, p.code", {}, day)
    order = {kind: at for at, kind in enumerate(AssetKind)}
    return tuple(sorted(rows, key=lambda row: order[row.kind]))


def card_of(reads: Reads, code: str, day: date | None = None) -> CardRow | None:
    """The product with this code, or None."""
    rows = _read(reads, "WHERE p.code = :code", {"code": code}, day)
    return rows[0] if rows else None


def reach_of(reads: Reads, code: str, day: date | None = None) -> Reach:
    """Who holds a product, and to whom of the others it may be offered; only active clients are counted among these."""
    today = day or clock.today()
    holders = [
        ClientId(row[0])
        for page in reads.pages(
            "SELECT DISTINCT h.client_id FROM holding h JOIN product p ON p.id = h.product_id"
            " WHERE p.code = ? AND (h.ended_on IS NULL OR h.ended_on > ?) ORDER BY h.client_id",
            (code, today.isoformat()),
        )
        for row in page
    ]
    out = {row[0] for page in reads.pages("SELECT id FROM client WHERE status <> 'active'") for row in page}
    out |= set(holders)
    may: list[ClientId] = []
    stopped: dict[str, int] = {}
    for client, told in suitability.screen(reads, code, today):
        if client in out:
            continue
        if told.ok:
            may.append(client)
        else:
            stopped[told.code] = stopped.get(told.code, 0) + 1
    return Reach(tuple(holders), tuple(may), stopped)


def _read(reads: Reads, order: str, more: dict[str, str], day: date | None) -> list[CardRow]:
    currency = settings.value(reads, general.CURRENCY)
    params = {
        "rates": json.dumps(assets.factors(reads, currency)),
        "currency": currency,
        "today": (day or clock.today()).isoformat(),
    }
    return [_card(row, currency) for row in reads.rows(f"{_CARDS} {order}", params | more)]


def _card(row: Row, currency: str) -> CardRow:
    known = AssetKind(row[3]) if row[3] in {kind.value for kind in AssetKind} else AssetKind.OTHER
    return CardRow(
        id=row[0],
        code=row[1],
        name=row[2],
        kind=known,
        risk=row[4],
        term_days=row[5],
        rate_bp=row[6],
        minimum_minor=row[7],
        currency=row[8],
        clients=row[9],
        amount_minor=row[10],
        held_in=currency,
        facts=row[11] or "",
        suits=row[12] or "",
        talk=row[13] or "",
        written_on=None if row[14] is None else date.fromisoformat(row[14]),
        card=row[15],
    )
