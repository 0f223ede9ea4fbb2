"""What plans for maturities and assets elsewhere add to a client's timeline."""

from __future__ import annotations

from datetime import date

from rmdesk.base.money import Money, short
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import Event, EventKind
from rmdesk.services.products.words import WAYS
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """When something was planned for a maturity, and when assets elsewhere were confirmed, newest first."""
    events = [
        Event(
            date.fromisoformat(on),
            EventKind.PLAN,
            phrase("Maturity of {holding}: {way}", holding=name, way=phrase(WAYS[way])),
            " · ".join(part for part in (goal, note) if part),
            entity="renewal_plan",
            entity_id=key,
        )
        for key, on, way, name, goal, note in reads.rows(
            "SELECT r.id, r.planned_on, r.way, coalesce(h.name, ''), coalesce(p.name, r.product_code, ''), r.note"
            " FROM renewal_plan r LEFT JOIN holding h ON h.key = r.holding_key"
            " LEFT JOIN product p ON p.code = r.product_code"
            " WHERE r.client_id = ? ORDER BY r.planned_on DESC LIMIT ?",
            (client, limit),
        )
    ]
    for key, on, place, amount, currency, note in reads.rows(
        "SELECT id, confirmed_on, place, amount_minor, currency, note FROM asset_elsewhere"
        " WHERE client_id = ? ORDER BY confirmed_on DESC LIMIT ?",
        (client, limit),
    ):
        told = "" if amount is None else f"{short(Money(amount, currency).amount)} {currency}"
        text = " · ".join(part for part in (told, note) if part)
        title = phrase("Assets at {place} confirmed", place=place)
        events.append(Event(date.fromisoformat(on), EventKind.MONEY, title, text, False, "asset_elsewhere", key))
    return sorted(events, key=lambda event: event.on, reverse=True)[:limit]
