"""What questions for specialists add to a client's timeline."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import Event, EventKind
from rmdesk.services.specialists import tables
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """What was asked, and what was answered."""
    events = []
    for key, field, asked, question, replied, reply in reads.rows(
        "SELECT id, field, asked_on, question, replied_on, reply FROM specialist_request"
        " WHERE client_id = ? AND state <> 'withdrawn' ORDER BY asked_on DESC LIMIT ?",
        (client, limit),
    ):
        about = {"entity": "specialist_request", "entity_id": key}
        name = Phrase("{name}", {"name": tables.fields().get(field, field)})
        title = phrase("Specialist asked: {field}", field=name)
        events.append(Event(date.fromisoformat(asked), EventKind.SPECIALIST, title, question, **about))
        if replied is not None:
            title = phrase("Specialist answered: {field}", field=name)
            events.append(Event(date.fromisoformat(replied), EventKind.SPECIALIST, title, reply or "", **about))
    return events
