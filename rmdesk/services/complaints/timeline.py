"""What complaints and feedback add to a client's timeline."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId, ComplaintState, FeedbackKind
from rmdesk.services.complaints import rules
from rmdesk.services.complaints.words import FEEDBACK
from rmdesk.services.events import Event, EventKind
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """Complaints, their steps and feedback, newest first of each kind."""
    return [*_complaints(reads, client, limit), *_steps(reads, client, limit), *_feedback(reads, client, limit)]


def _complaints(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    today = clock.today()
    events = []
    for key, received, state, text, allowed in reads.rows(
        "SELECT id, received_on, state, text, allowed_days FROM complaint WHERE client_id = ? "
        "ORDER BY received_on DESC LIMIT ?",
        (client, limit),
    ):
        day, still = date.fromisoformat(received), state == ComplaintState.OPEN
        title = phrase("Complaint, open") if still else phrase("Complaint, closed")
        late = still and today > rules.due_on(day, allowed)
        events.append(Event(day, EventKind.COMPLAINT, title, text, late, "complaint", key))
    return events


def _steps(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    rows = reads.rows(
        'SELECT s."on", s.text, k.id FROM complaint_step s JOIN complaint k ON k.id = s.complaint_id '
        'WHERE k.client_id = ? ORDER BY s."on" DESC LIMIT ?',
        (client, limit),
    )
    return [
        Event(date.fromisoformat(day), EventKind.COMPLAINT, phrase("Complaint, step"), text, False, "complaint", key)
        for day, text, key in rows
    ]


def _feedback(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    rows = reads.rows(
        "SELECT received_on, kind, text, id FROM feedback WHERE client_id = ? ORDER BY received_on DESC LIMIT ?",
        (client, limit),
    )
    return [
        Event(
            date.fromisoformat(day), EventKind.FEEDBACK, phrase(FEEDBACK[FeedbackKind(kind)]), text, False, "feedback",
            key,
        )
        for day, kind, text, key in rows
    ]  # fmt: skip
