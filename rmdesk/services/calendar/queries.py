"""Reads the calendar: everything that falls on the days of a month, week or list, for clients who may be contacted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from rmdesk.base import clock
from rmdesk.services.calendar import agreed, coming
from rmdesk.services.calendar.filling import Days, Filling
from rmdesk.services.calendar.rows import Entry, EntryKind, kind_of
from rmdesk.services.occasions.queries import named
from rmdesk.services.store.reads import Reads

ALL = 1_000_000
_NOT_READ = frozenset({EntryKind.PREPARE})


def days(
    reads: Reads,
    first: date,
    last: date,
    most: int = ALL,
    *,
    hidden: Collection[EntryKind] = (),
    whole: Collection[date] = (),
    all_: int = ALL,
) -> Days:
    """What falls on the days from `first` to `last`: of each the first `most` entries, of `whole` days `all_` of them.

    Occasions, planned visits, promises, tasks, gifts to prepare (for which the whole portfolio is placed first) and
    maturities, but for the kinds that are `hidden`.
    """
    filling = Filling(most, whole, all_)
    shown = frozenset(EntryKind) - frozenset(hidden)
    agreed.fill(reads, first, last, filling, shown & agreed.AGREED)
    coming.fill(reads, first, last, filling, shown & coming.OCCASIONS)
    if EntryKind.PREPARE in shown:
        coming.fill_preparing(reads, first, last, filling)
    agreed.fill(reads, first, last, filling, shown & {EntryKind.MATURITY})
    return filling.days()


def entries(reads: Reads, first: date, last: date) -> tuple[Entry, ...]:
    """Occasions, planned visits, promises, tasks and maturities from `first` to `last`, by day and kind."""
    return days(reads, first, last, hidden=_NOT_READ).entries


def preparing(reads: Reads, first: date, last: date) -> tuple[Entry, ...]:
    """For which occasions a gift has to be prepared from `first` to `last` on: the days their lead time begins.

    Not for whom a gift is on its way already, who was greeted, or whose occasion is only the account's.
    """
    return days(reads, first, last, hidden=frozenset(EntryKind) - _NOT_READ).entries


def today_of(reads: Reads, day: date | None = None) -> tuple[Entry, ...]:
    """The occasions of one day that nobody was greeted for yet, for the reminder in the morning."""
    on = day or clock.today()
    return tuple(
        Entry(one.on, kind_of(one.kind), one.client, one.name, one.said, due=one)
        for one in named(reads, on, on)
        if one.greeted is None
    )
