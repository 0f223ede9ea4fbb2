"""What a view of the calendar shows, put in order on the reading thread: a month of a large portfolio has thousands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rmdesk.services.calendar import queries
from rmdesk.services.calendar.filling import Days
from rmdesk.services.calendar.rows import Entry, EntryKind
from rmdesk.services.store.reads import Reads

MOST_OF_DAY, ALL_OF_DAY = 40, 2000  # entries of a day: at first, and when somebody asks for the rest


class Line(NamedTuple):
    """A row of the list; the first of its day tells the day. Without an entry it tells how many `more` the day has."""

    number: int
    on: date
    entry: Entry | None
    leads: bool
    more: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of some days: the first entries of each, and how many there are in all."""

    by_day: dict[date, list[Entry]] = field(default_factory=dict)
    counts: Mapping[date, int] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    @property
    def count(self) -> int:
        """All entries of these days."""
        return sum(self.counts.values())


def agreed(
    reads: Reads, first: date, last: date, hidden: frozenset[EntryKind], whole: frozenset[date] = frozenset()
) -> Shown:
    """What falls on the days, at once; without the gifts to prepare, for which the whole portfolio is placed first."""
    return everything(reads, first, last, hidden | {EntryKind.PREPARE}, whole)


def everything(
    reads: Reads, first: date, last: date, hidden: frozenset[EntryKind], whole: frozenset[date] = frozenset()
) -> Shown:
    """What falls on the days, but for the kinds that are hidden; of the days in `whole` all of it."""
    return arranged(queries.days(reads, first, last, MOST_OF_DAY, hidden=hidden, whole=whole, all_=ALL_OF_DAY))


def arranged(days: Days) -> Shown:
    """The entries by day, and as lines of a list."""
    by_day: dict[date, list[Entry]] = {}
    for entry in days.entries:
        by_day.setdefault(entry.on, []).append(entry)
    lines: list[Line] = []
    for on, entries in by_day.items():
        for entry in entries:
            lines.append(Line(len(lines), on, entry, entry is entries[0]))
        if days.counts[on] > len(entries):
            lines.append(Line(len(lines), on, None, False, days.counts[on] - len(entries)))
    return Shown(by_day, days.counts, tuple(lines))
