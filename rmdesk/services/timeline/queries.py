"""Reads what happened with a client, as one list.

Each feature has a `timeline.py` with `events_of(reads, client, limit) -> list[Event]`, newest first; add it to SOURCES.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rmdesk.base import clock
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId, ComplaintState
from rmdesk.services.events import Event, EventKind
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits import timeline as visits

SOURCES: tuple[Callable[[Reads, ClientId, int], list[Event]], ...] = (visits.events_of,)


def timeline_of(reads: Reads, client: ClientId, day: date | None = None, limit: int = 30) -> tuple[Event, ...]:
    """What all features tell of a client, newest first."""
    today = day or clock.today()
    events = [*_complaints(reads, client, today, limit), *_marks(reads, client, limit)]
    for source in SOURCES:
        events += source(reads, client, limit)
    events.sort(key=lambda event: event.on, reverse=True)
    return tuple(events[:limit])


def _complaints(reads: Reads, client: ClientId, today: date, limit: int) -> list[Event]:
    rows = reads.rows(
        "SELECT received_on, state, text, julianday(?) - julianday(received_on) > allowed_days, id "
        "FROM complaint "
        "WHERE client_id = ? ORDER BY received_on DESC LIMIT ?",
        (today.isoformat(), client, limit),
    )
    return [
        Event(
            date.fromisoformat(received),
            EventKind.COMPLAINT,
            phrase("Complaint, open") if state == ComplaintState.OPEN else phrase("Complaint, closed"),
            text,
            late=bool(late) and state == ComplaintState.OPEN,
            entity="complaint",
            entity_id=key,
        )
        for received, state, text, late, key in rows
    ]


def _marks(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    rows = reads.rows(
        'SELECT "on", kind, until, reason FROM care_mark WHERE client_id = ? ORDER BY "on" DESC LIMIT ?',
        (client, limit),
    )
    return [
        Event(
            date.fromisoformat(day),
            EventKind.CARE,
            phrase("Care done") if kind == "done" else phrase("Put off until {day}", day=until),
            reason or "",
        )
        for day, kind, until, reason in rows
    ]
