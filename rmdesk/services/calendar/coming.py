"""Occasions in the calendar, and the gifts to prepare for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from rmdesk.base.text import phrase
from rmdesk.models.kinds import OccasionKind
from rmdesk.services.calendar.filling import Crowds, Filling
from rmdesk.services.calendar.lead import LeadTimes
from rmdesk.services.calendar.rows import Entry, EntryKind, kind_of
from rmdesk.services.care import words
from rmdesk.services.occasions import names
from rmdesk.services.occasions.due import Due, kept, rows_of
from rmdesk.services.occasions.queries import NamedDue, greeted, with_names
from rmdesk.services.occasions.told import YEARS, of_the_bank
from rmdesk.services.occasions.window import Window
from rmdesk.services.scoring import tables
from rmdesk.services.store.reads import Reads

OCCASIONS = frozenset(kind_of(kind) for kind in OccasionKind)
_PREPARED = frozenset(OccasionKind) - {OccasionKind.OPENING}  # nobody gets a gift for an account


def fill(reads: Reads, first: date, last: date, filling: Filling, shown: frozenset[EntryKind]) -> None:
    """Birthdays, anniversaries and festivals of clients who may be greeted."""
    kinds = frozenset(kind for kind in OccasionKind if kind_of(kind) in shown)
    if not kinds:
        return
    window, crowds = Window(reads, first, last, welcome=True), Crowds()
    for one in kept(window):
        if one.kind in kinds:
            crowds.add(kind_of(one.kind), one.on, one)
    for told in of_the_bank(window, kinds, by_worth=True):
        crowds.add_all(kind_of(told.kind), told.on, told, told.codes)
    filling.add(
        Entry(one.on, kind_of(one.kind), one.client, one.name, one.said, due=one, done=one.greeted is not None)
        for one in with_names(reads, list(crowds.chosen(filling)), first, last)
        if crowds.takes(kind_of(one.kind), one.on)
    )


def fill_preparing(reads: Reads, first: date, last: date, filling: Filling) -> None:
    """Gifts to prepare: on the day the lead time of an occasion begins."""
    rule = tables.occasions()
    longest = timedelta(max(rule.long_lead_days, rule.lead_days, _own_lead(reads)))
    until = last + longest
    lead, window, crowds = LeadTimes(reads), Window(reads, first, until, welcome=True), Crowds()
    given, done = _given(reads, first - longest, until), greeted(reads, first, until)

    def begins(one: NamedDue | Due) -> date:
        return one.on - timedelta(lead.of(one.client, one.lead_days))

    for one in kept(window):
        day = begins(one)
        out = one.client in given or (one.client, names.key(one), one.on) in done
        if one.kind in _PREPARED and first <= day <= last and day < one.on and not out:
            crowds.add(EntryKind.PREPARE, day, one)
    greeted_on = _by_day(done)
    for told in of_the_bank(window, _PREPARED, by_worth=True):
        out_of = given | greeted_on[told.on, names.key(rows_of(told, [0])[0])]
        for long, days in lead.days.items():
            day = told.on - timedelta(days)
            if days and first <= day <= last:
                codes = [c for c in told.codes if (c // YEARS in lead.long) is long and c // YEARS not in out_of]
                crowds.add_all(EntryKind.PREPARE, day, told, codes)
    for due in with_names(reads, list(crowds.chosen(filling)), first, until):
        day = begins(due)
        if crowds.takes(EntryKind.PREPARE, day):
            said = phrase("Gift for {occasion} on {day}", occasion=due.said, day=words.month_day(due.on))
            filling.add([Entry(day, EntryKind.PREPARE, due.client, due.name, said, due=due)])


def _own_lead(reads: Reads) -> int:
    return int(reads.value("SELECT coalesce(max(lead_days), 0) FROM occasion"))


def _given(reads: Reads, first: date, last: date) -> set[int]:
    """For whom a gift is planned, bought or given about these days."""
    rows = reads.rows(
        "SELECT DISTINCT client_id FROM gift WHERE state <> 'dropped' "
        "AND coalesce(given_on, bought_on, planned_for) BETWEEN ? AND ?",
        (first.isoformat(), last.isoformat()),
    )
    return {row[0] for row in rows}


def _by_day(done: Iterable[tuple[int, str, date]]) -> dict[tuple[date, str], set[int]]:
    """Who was greeted for an occasion of a day."""
    found: dict[tuple[date, str], set[int]] = defaultdict(set)
    for client, key, on in done:
        found[on, key].add(client)
    return found
