"""What events add to a client's timeline. Loaded at the start, with the timeline, so it imports little."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import Event, EventKind
from rmdesk.services.gatherings import rules
from rmdesk.services.gatherings.rules import Stand
from rmdesk.services.store.reads import Reads

_SAID = {
    Stand.LISTED: phrase("On the list of an event"),
    Stand.INVITED: phrase("Invited to an event"),
    Stand.YES: phrase("Accepted an invitation"),
    Stand.MAYBE: phrase("May come to an event"),
    Stand.NO: phrase("Declined an invitation"),
    Stand.CAME: phrase("Came to an event"),
    Stand.ABSENT: phrase("Did not come to an event"),
}


def said(stand: Stand) -> Phrase:
    """Where an invitation stands, in words."""
    return _SAID[stand]


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """The events a client was asked to; one whose attendance is told by its visit is not told twice."""
    rows = reads.rows(
        "SELECT title, \"on\", invited_on IS NOT NULL, reply, came, coalesce(note, ''), id FROM invitation "
        'WHERE client_id = ? AND visit_id IS NULL ORDER BY "on" DESC LIMIT ?',
        (client, limit),
    )
    events = []
    for title, on, invited, reply, came, note, key in rows:
        day = date.fromisoformat(on)
        stand = rules.stand(day if invited else None, reply, None if came is None else bool(came))
        text = f"{title} · {note}" if note else title
        events.append(Event(day, EventKind.EVENT, _SAID[stand], text, False, "invitation", key))
    return events
