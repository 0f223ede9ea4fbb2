"""Reads occasions for people: with the client's name, how it is called, and whether they were greeted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rmdesk.base.text import Phrase
from rmdesk.models.kinds import Calendar, ClientId, OccasionKind
from rmdesk.services.occasions import names, written
from rmdesk.services.occasions.due import Due, due_in
from rmdesk.services.occasions.window import WELCOME, Window
from rmdesk.services.scoring import tables
from rmdesk.services.store.reads import Reads

_Who = tuple[str, str | None, int]


class NamedDue(NamedTuple):
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
    """The occasions of clients who may be greeted, by day, those that weigh most and the wealthiest first."""
    window = Window(reads, first, last, None if clients is None else json.dumps(list(clients)), True)
    return with_names(reads, due_in(window), first, last)


def with_names(reads: Reads, found: Sequence[Due], first: date, last: date) -> tuple[NamedDue, ...]:
    """These occasions between `first` and `last` as `named` gives them; without those of who may not be greeted."""
    rule = tables.occasions()
    people = _people(reads, {one.client for one in found})
    done = greeted(reads, first, last)
    rows = [one for one in found if one.client in people]
    weights = {what: one.weight(rule) for what, one in {(one.kind, one.title): one for one in rows}.items()}
    rows.sort(key=lambda one: (one.on, -weights[one.kind, one.title], -people[one.client][2], one.client))
    lunar_days = {day: written.code_of(day) for day in {one.on for one in rows}}
    called: dict[tuple[object, ...], tuple[Phrase, str]] = {}  # nearly all are called one of a few things

    def named_as(one: Due) -> tuple[Phrase, str]:
        what = one.kind, one.calendar, one.person, one.title
        known = called.get(what)
        if known is None:
            known = called[what] = names.title(one), names.key(one)
        return known

    result = []
    for one in rows:
        name, number, _aum = people[one.client]
        said, key = named_as(one)
        result.append(
            NamedDue(
                one.on, ClientId(one.client), name, number, one.kind, one.calendar, one.years, one.is_round(rule),
                one.person, one.title, lunar_days[one.on], said, key, one.occasion, one.lead_days,
                done.get((one.client, key, one.on)),
            )
        )  # fmt: skip
    return tuple(result)


def greeted(reads: Reads, first: date, last: date, client: int | None = None) -> dict[tuple[int, str, date], date]:
    """When clients were greeted for the occasions from `first` to `last`: by client, name of the occasion and day."""
    some = "" if client is None else "AND client_id = :client"
    rows = reads.rows(
        f'SELECT client_id, name, for_day, "on" FROM greeting WHERE for_day BETWEEN :first AND :last {some}',
        {"first": first.isoformat(), "last": last.isoformat(), **({} if client is None else {"client": client})},
    )
    return {(row[0], row[1], date.fromisoformat(row[2])): date.fromisoformat(row[3]) for row in rows}


def _people(reads: Reads, clients: set[int]) -> dict[int, _Who]:
    """Name, number and AUM (as the bank told it) of those among the clients who may be contacted."""
    sql = (
        f"SELECT c.id, c.name, c.number, coalesce(c.aum_minor, 0) FROM client c WHERE {WELCOME} "
        "AND c.id IN (SELECT value FROM json_each(?))"
    )
    found: dict[int, _Who] = {}
    for page in reads.pages(sql, (json.dumps(sorted(clients)),)):
        found.update((row[0], row[1:]) for row in page)
    return found
