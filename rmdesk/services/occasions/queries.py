"""Reads occasions for people: with the client's name, how it is called, and whether they were greeted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import Calendar, ClientId, ClientStatus, OccasionKind
from rmdesk.services.occasions import names, written
from rmdesk.services.occasions.due import Due, due
from rmdesk.services.scoring import tables
from rmdesk.services.store.reads import Reads

# Who is greeted: not the deceased, nor who wants no contact, nor who withdrew consent (domain §9).
WELCOME = f"c.merged_into IS NULL AND c.status = '{ClientStatus.ACTIVE.value}' AND c.marketing_consent IS NOT 0"


@record
class NamedDue:
    """An occasion on its day. `years` is the age or number of years; `lunar` the lunar day as YYYY-MM-DD[L].

    `occasion` is the id of the record, None for what the bank's data tell; `key` the name a greeting is kept under.
    """

    on: date
    client: ClientId
    name: str
    number: str | None
    kind: OccasionKind
    calendar: Calendar
    years: int | None
    round: bool
    person: str | None
    title: str | None
    lunar: str
    said: Phrase
    key: str
    occasion: str | None
    lead_days: int | None
    greeted: date | None


def named(reads: Reads, first: date, last: date, clients: Sequence[int] | None = None) -> tuple[NamedDue, ...]:
    """The occasions of clients who may be greeted, by day, those that weigh most first."""
    rule = tables.occasions()
    found = due(reads, first, last, clients)
    people = _people(reads, {one.client for one in found})
    done = greeted(reads, first, last)
    rows = [one for one in found if one.client in people]
    rows.sort(key=lambda one: (one.on, -one.weight(rule), people[one.client][0], one.client))
    lunar_days = {one.on: written.code_of(one.on) for one in rows}
    return tuple(_named(one, people[one.client], lunar_days[one.on], done, one.is_round(rule)) for one in rows)


def greeted(reads: Reads, first: date, last: date) -> dict[tuple[int, str, date], date]:
    """When clients were greeted for the occasions from `first` to `last`: by client, name of the occasion and day."""
    rows = reads.rows(
        'SELECT client_id, name, for_day, "on" FROM greeting WHERE for_day BETWEEN ? AND ?',
        (first.isoformat(), last.isoformat()),
    )
    return {(row[0], row[1], date.fromisoformat(row[2])): date.fromisoformat(row[3]) for row in rows}


def _people(reads: Reads, clients: set[int]) -> dict[int, tuple[str, str | None]]:
    """Name and number of those among the clients who may be contacted."""
    found: dict[int, tuple[str, str | None]] = {}
    for page in reads.pages(
        f"SELECT id, name, number FROM client c WHERE {WELCOME} AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(clients)),),
    ):
        found |= {row[0]: (row[1], row[2]) for row in page}
    return found


def _named(
    one: Due, who: tuple[str, str | None], lunar: str, done: dict[tuple[int, str, date], date], is_round: bool
) -> NamedDue:
    key = names.key(one)
    return NamedDue(
        on=one.on,
        client=ClientId(one.client),
        name=who[0],
        number=who[1],
        kind=one.kind,
        calendar=one.calendar,
        years=one.years,
        round=is_round,
        person=one.person,
        title=one.title,
        lunar=lunar,
        said=names.title(one),
        key=key,
        occasion=one.occasion,
        lead_days=one.lead_days,
        greeted=done.get((one.client, key, one.on)),
    )
