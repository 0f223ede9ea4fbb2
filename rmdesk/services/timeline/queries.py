"""Reads what happened with a client, as one list.

Each feature has a `timeline.py` with `events_of(reads, client, limit) -> list[Event]`, newest first; add it to SOURCES.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.campaigns import timeline as campaigns
from rmdesk.services.churn import timeline as churn
from rmdesk.services.clubs import timeline as clubs
from rmdesk.services.complaints import timeline as complaints
from rmdesk.services.events import Event, EventKind
from rmdesk.services.gatherings import timeline as gatherings
from rmdesk.services.gifts import timeline as gifts
from rmdesk.services.holdings import timeline as holdings
from rmdesk.services.journals import timeline as journals
from rmdesk.services.occasions import timeline as occasions
from rmdesk.services.products import timeline as products
from rmdesk.services.relations import timeline as relations
from rmdesk.services.satisfaction import timeline as satisfaction
from rmdesk.services.specialists import timeline as specialists
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync.beside import unmerged
from rmdesk.services.team import timeline as team
from rmdesk.services.visits import timeline as visits

SOURCES: tuple[Callable[[Reads, ClientId, int], list[Event]], ...] = (
    visits.events_of,
    complaints.events_of,
    satisfaction.events_of,
    journals.events_of,
    relations.events_of,
    gifts.events_of,
    occasions.events_of,
    holdings.events_of,
    churn.events_of,
    campaigns.events_of,
    specialists.events_of,
    gatherings.events_of,
    clubs.events_of,
    products.events_of,
    team.events_of,
)


MOST = 5000


def timeline_of(reads: Reads, client: ClientId, limit: int = MOST) -> tuple[Event, ...]:
    """What all features tell of a client, newest first; with thousands of entries the oldest are left out."""
    events = _marks(reads, client, limit)
    for source in SOURCES:
        events += source(reads, client, limit)
    events.sort(key=lambda event: event.on, reverse=True)
    return tuple(_with_versions(reads, client, events[:limit]))


def _with_versions(reads: Reads, client: ClientId, events: list[Event]) -> list[Event]:
    """Say of a record that a version of it waits to be settled, and what it says: nothing of it is out of sight."""
    open_ = unmerged(reads, client)
    if not open_:
        return events
    return [
        replace(
            event,
            title=phrase("{title}, two versions", title=event.title),
            text="\n".join((event.text, *(one.said for one in open_[event.entity, event.entity_id]))),
        )
        if (event.entity, event.entity_id) in open_
        else event
        for event in events
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
