"""What churn cases add to a client's timeline."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import Event, EventKind
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """When the client was lost, what was done, how it ended."""
    events = []
    for key, lost, closed, note in reads.rows(
        "SELECT id, lost_on, closed_on, note FROM churn_case WHERE client_id = ? ORDER BY lost_on DESC LIMIT ?",
        (client, limit),
    ):
        day = date.fromisoformat(lost)
        events.append(Event(day, EventKind.CHURN, phrase("Client lost"), note or "", closed is None, "churn_case", key))
        if closed is not None:
            ended = date.fromisoformat(closed)
            events.append(Event(ended, EventKind.CHURN, phrase("Churn case closed"), "", False, "churn_case", key))
    rows = reads.rows(
        'SELECT s."on", s.text, k.id FROM churn_step s JOIN churn_case k ON k.id = s.case_id '
        'WHERE k.client_id = ? ORDER BY s."on" DESC LIMIT ?',
        (client, limit),
    )
    for on, text, key in rows:
        day = date.fromisoformat(on)
        events.append(Event(day, EventKind.CHURN, phrase("Step to win back"), text, False, "churn_case", key))
    return events
