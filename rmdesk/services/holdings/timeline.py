"""What money adds to a client's timeline: what began, matured or ended, and months in which much was moved."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.base import clock
from rmdesk.base.money import Money, short
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import Event, EventKind
from rmdesk.services.holdings import queries
from rmdesk.services.rulebook import book
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """Holdings by their days, and falls of the balance from one month's end to the next (rules/products.toml)."""
    events = [*_holdings(reads, client), *_falls(reads, client)]
    return sorted(events, key=lambda event: event.on, reverse=True)[:limit]


def _holdings(reads: Reads, client: ClientId) -> list[Event]:
    today, found = clock.today().isoformat(), []
    for key, name, minor, currency, started, matures, ended in reads.rows(
        "SELECT h.id, coalesce(nullif(h.name, ''), p.name, ''), h.amount_minor, h.currency, h.started_on, "
        "h.matures_on, h.ended_on FROM holding h LEFT JOIN product p ON p.id = h.product_id WHERE h.client_id = ?",
        (client,),
    ):
        told = " ".join(part for part in (name, _amount(minor, currency)) if part)
        days: tuple[tuple[str | None, Phrase], ...] = (
            (started, phrase("Purchase")),
            (matures, phrase("Maturity reached")),
            (ended if ended != matures else None, phrase("Holding ended")),
        )
        found += [
            Event(date.fromisoformat(day), EventKind.MONEY, title, told, entity="holding", entity_id=str(key))
            for day, title in days
            if day is not None and day <= today
        ]
    return found


def _falls(reads: Reads, client: ClientId) -> list[Event]:
    least = float(book("products")["timeline"]["fall"]["value"])
    balances = queries.balances_of(reads, client)
    found = []
    for month, before, after in zip(balances.months[1:], balances.ends, balances.ends[1:], strict=False):
        if before is None or after is None or before <= 0 or after > (1 - least) * before:
            continue
        last = date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(1)
        moved = f"{short(Money(before - after, balances.currency).amount)} {balances.currency}"
        told = phrase(
            "{amount} less at the month's end, {share} %", amount=moved, share=round(100 * (1 - after / before))
        )
        found.append(Event(last, EventKind.MONEY, phrase("Balance fell"), told.said, late=True, entity="month"))
    return found


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else f"{Money(minor, currency)} {currency}"
