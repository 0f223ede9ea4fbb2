"""What a client's timeline tells of occasions: the greetings."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import Event, EventKind
from rmdesk.services.occasions import names
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """The greetings of a client, newest first."""
    rows = reads.rows(
        'SELECT "on", name, text, id FROM greeting WHERE client_id = ? ORDER BY "on" DESC, id DESC LIMIT ?',
        (client, limit),
    )
    return [
        Event(
            date.fromisoformat(on),
            EventKind.GREETING,
            phrase("Greeting: {occasion}", occasion=names.of_key(name)),
            text or "",
            entity="greeting",
            entity_id=key,
        )
        for on, name, text, key in rows
    ]
