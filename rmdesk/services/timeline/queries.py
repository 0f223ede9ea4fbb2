"""Reads what happened with a client, as one list.

Each feature has a `timeline.py` with `events_of(reads, client, limit) -> list[Event]`, newest first; add it to SOURCES.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rmdesk.base import clock
from rmdesk.base.text import N_, phrase
from rmdesk.models.kinds import Channel, ClientId, PromiseState, VisitState
from rmdesk.services.complaints import timeline as complaints
from rmdesk.services.events import Event, EventKind
from rmdesk.services.satisfaction import timeline as satisfaction
from rmdesk.services.store.reads import Reads, Row

CHANNELS: dict[str, str] = {
    Channel.AT_CLIENT: N_("Visit at the client's"),
    Channel.BRANCH: N_("In the branch"),
    Channel.PHONE: N_("Call"),
    Channel.CHAT: N_("Message"),
    Channel.VIDEO: N_("Video call"),
    Channel.EVENT: N_("Event"),
}


SOURCES: tuple[Callable[[Reads, ClientId, int], list[Event]], ...] = (complaints.events_of, satisfaction.events_of)


def timeline_of(reads: Reads, client: ClientId, day: date | None = None, limit: int = 30) -> tuple[Event, ...]:
    """What all features tell of a client, newest first."""
    today = day or clock.today()
    events = [*_contacts(reads, client, limit), *_promises(reads, client, today, limit)]
    events += _marks(reads, client, limit)
    for source in SOURCES:
        events += source(reads, client, limit)
    events.sort(key=lambda event: event.on, reverse=True)
    return tuple(events[:limit])


def _contacts(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    rows = reads.rows(
        'SELECT "on", state, channel, two_way, content, purpose, id FROM visit WHERE client_id = ? '
        'ORDER BY "on" DESC, entered_at DESC LIMIT ?',
        (client, limit),
    )
    return [_contact(row) for row in rows]


def _contact(row: Row) -> Event:
    channel = phrase(CHANNELS.get(row[2]) or str(row[2]))
    held = row[1] == VisitState.HELD
    title = {
        VisitState.PLANNED: phrase("{channel}, planned", channel=channel),
        VisitState.CANCELLED: phrase("{channel}, cancelled", channel=channel),
        VisitState.POSTPONED: phrase("{channel}, postponed", channel=channel),
    }.get(row[1], channel if row[3] else phrase("{channel}, no answer", channel=channel))
    day = date.fromisoformat(row[0])
    return Event(
        day,
        EventKind.CONTACT if held else EventKind.PLAN,
        title,
        row[4] or row[5] or "",
        entity="visit",
        entity_id=row[6],
    )


def _promises(reads: Reads, client: ClientId, today: date, limit: int) -> list[Event]:
    rows = reads.rows(
        "SELECT made_on, due_on, state, text, id FROM promise WHERE client_id = ? ORDER BY made_on DESC LIMIT ?",
        (client, limit),
    )
    return [
        Event(
            date.fromisoformat(made),
            EventKind.PROMISE,
            phrase("Promise kept") if state == PromiseState.KEPT else phrase("Promise until {day}", day=due),
            text,
            late=state == PromiseState.OPEN and due < today.isoformat(),
            entity="promise",
            entity_id=key,
        )
        for made, due, state, text, key in rows
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
