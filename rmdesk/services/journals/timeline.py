"""What journals add to a client's timeline."""

from __future__ import annotations

from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import Event, EventKind
from rmdesk.services.journals import queries, rules
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """The journals about a client, newest first."""
    return [
        Event(
            one.on,
            EventKind.JOURNAL,
            phrase("Journal: {method}", method=str(rules.methods().get(one.method, one.method))),
            one.insight or one.content,
            entity="journal",
            entity_id=one.id,
        )
        for one in queries.journals(reads, client=client, limit=limit)
    ]
