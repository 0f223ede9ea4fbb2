"""What campaigns add to a client's timeline: a touch that no visit tells of."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.campaigns.words import OUTCOMES
from rmdesk.services.events import Event, EventKind
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """What came of each touch; the contact itself is told by its visit."""
    rows = reads.rows(
        'SELECT t."on", k.name, t.outcome, t.note, k.id FROM campaign_touch t JOIN campaign k ON k.id = t.campaign_id'
        ' WHERE t.client_id = ? ORDER BY t."on" DESC LIMIT ?',
        (client, limit),
    )
    return [
        Event(
            date.fromisoformat(on), EventKind.CAMPAIGN,
            phrase("Campaign: {outcome}", outcome=Phrase(OUTCOMES[outcome], {})),
            " · ".join(part for part in (name, note) if part),
            entity="campaign", entity_id=key,
        )
        for on, name, outcome, note, key in rows
    ]  # fmt: skip
