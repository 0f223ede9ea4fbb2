"""What the timeline of a client tells about gifts."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import N_, phrase
from rmdesk.models.kinds import ClientId, GiftState
from rmdesk.services.events import Event, EventKind
from rmdesk.services.gifts.shown import Shown, breach_said
from rmdesk.services.store.reads import Reads, Row

STATES: dict[GiftState, str] = {
    GiftState.IDEA: N_("Gift idea"),
    GiftState.PLANNED: N_("Gift planned"),
    GiftState.AWAITING: N_("Gift awaiting approval"),
    GiftState.APPROVED: N_("Gift approved"),
    GiftState.BOUGHT: N_("Gift bought"),
    GiftState.GIVEN: N_("Gift given"),
    GiftState.NOTED: N_("Gift given"),
    GiftState.DROPPED: N_("Gift dropped"),
    GiftState.RETURNED: N_("Gift returned"),
}


def events_of(reads: Reads, client: ClientId, limit: int, before: date | None = None) -> list[Event]:
    """Gifts for a client, or to them, newest first: what, for which occasion, the cost, the reaction, a breach."""
    rows = reads.rows(
        """
        SELECT id, state, title, occasion, cost_minor, currency, reaction, breach,
               coalesce(returned_on, given_on, bought_on, date(entered_at)) AS day
        FROM gift WHERE (client_id = :client OR to_client_id = :client) AND (:before IS NULL OR day < :before)
        ORDER BY day DESC, id DESC LIMIT :limit
        """,
        {"client": client, "limit": limit, "before": None if before is None else before.isoformat()},
    )
    return [_event(row) for row in rows]


def _event(row: Row) -> Event:
    gift, state, title, occasion, cost, currency, reaction, breach, day = row
    name = phrase(STATES[GiftState(state)])
    breached = breach_said(breach)
    parts = [title, "" if cost is None else str(Shown(cost, currency or "CNY")), reaction or ""]
    if breached is not None:
        parts.append(breached.said)
    return Event(
        on=date.fromisoformat(day),
        kind=EventKind.GIFT,
        title=phrase("{gift} · {occasion}", gift=name, occasion=occasion) if occasion else name,
        text=" · ".join(part for part in parts if part),
        late=breached is not None,
        entity="gift",
        entity_id=gift,
    )
