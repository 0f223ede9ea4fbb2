"""Reads the days of one client for their file: what is kept, what the bank tells, and who was greeted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from rmdesk.base import clock
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import Calendar, ClientId, OccasionKind, RecordId
from rmdesk.services.calendar.lead import LeadTimes
from rmdesk.services.calendar.rows import GreetingRow, KeptDay
from rmdesk.services.occasions import names, queries
from rmdesk.services.occasions.details import DETAILS, Details
from rmdesk.services.occasions.due import Due, due
from rmdesk.services.scoring import tables
from rmdesk.services.store.reads import Reads

YEAR = 400  # days; every day that comes back does so within them, in whatever calendar
_COLUMNS = ", ".join(f"o.{name}" for name in DETAILS)
_FLAGS = ("leap", "once", "both")


def days_of(reads: Reads, client: ClientId, day: date | None = None) -> tuple[KeptDay, ...]:
    """All days of a client, the next one first; those that have none to come last. Also of clients who are gone."""
    today = day or clock.today()
    lead = LeadTimes(reads, client)
    coming: dict[str, Due] = {}
    for ahead in due(reads, today, today + timedelta(YEAR), (client,)):
        coming.setdefault(ahead.occasion or f"bank:{ahead.kind}", ahead)
    greeted = queries.greeted(reads, today - timedelta(YEAR), today + timedelta(YEAR), client)
    found = []
    rows = reads.rows(
        f"SELECT o.id, p.name, {_COLUMNS} FROM occasion o LEFT JOIN person p ON p.id = o.person_id "
        "WHERE o.client_id = ? ORDER BY o.id",
        (client,),
    )
    for key, who, *values in rows:
        details = _details(values)
        one: Due | None = coming.pop(key, None)
        found.append(_kept(RecordId(key), details, one, details.person or who, lead, client, today, greeted))
    for told in coming.values():
        details = Details(kind=told.kind.value, year=None if told.years is None else told.on.year - told.years,
                          month=told.on.month, day=told.on.day)  # fmt: skip
        found.append(_kept(None, details, told, None, lead, client, today, greeted))
    found.sort(key=lambda one: (one.next is None, one.next or today, one.details.kind))
    return tuple(found)


def details_of(reads: Reads, occasion: RecordId) -> Details | None:
    """A kept day as it was entered; None when it is gone."""
    columns = ", ".join(DETAILS)
    row = reads.one(f"SELECT {columns} FROM occasion WHERE id = ?", (occasion,))
    if row is None:
        return None
    return _details(row)


def _details(values: Sequence[Any]) -> Details:
    given: dict[str, Any] = dict(zip(DETAILS, values, strict=True))
    for name in _FLAGS:
        given[name] = bool(given[name])
    return Details(**given)


def greetings_of(reads: Reads, client: ClientId, limit: int = 100) -> tuple[GreetingRow, ...]:
    """Who was greeted for what, the newest first."""
    rows = reads.rows(
        'SELECT id, name, for_day, "on", channel, text FROM greeting WHERE client_id = ? '
        'ORDER BY "on" DESC, id DESC LIMIT ?',
        (client, limit),
    )
    return tuple(
        GreetingRow(
            RecordId(row[0]), names.of_key(row[1]), date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[4],
            row[5] or "",
        )
        for row in rows
    )  # fmt: skip


def _kept(
    key: RecordId | None, details: Details, one: Due | None, person: str | None, lead: LeadTimes, client: ClientId,
    today: date, greeted: dict[tuple[int, str, date], date],
) -> KeptDay:  # fmt: skip
    rule = tables.occasions()
    kind, calendar = OccasionKind(details.kind), Calendar(details.calendar)
    called = one or Due(client, today, kind, calendar, person, details.title, None)
    name = names.key(called)
    return KeptDay(
        id=key,
        details=details,
        said=names.title(called),
        key=name,
        next=None if one is None else one.on,
        days=None if one is None else (one.on - today).days,
        years=None if one is None else one.years,
        round=one is not None and one.is_round(rule),
        lead_days=lead.of(client, details.lead_days),
        greeted=None if one is None else greeted.get((client, name, one.on)),
        hidden=None if one is not None else _why_not(details),
    )


def _why_not(details: Details) -> Phrase:
    if details.day is None:
        return phrase("The day is not known.")
    if details.once:
        return phrase("This day is over.")
    return phrase("Not shown: a child's birthday needs a guardian's consent.")
