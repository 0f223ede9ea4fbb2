"""What a view of the calendar shows, put in order on the reading thread: a month of a large portfolio has thousands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rmdesk.services.calendar import queries
from rmdesk.services.calendar.rows import ORDER, Entry, EntryKind
from rmdesk.services.store.reads import Reads

MOST_OF_DAY, MOST_LINES = 40, 2000  # entries given to the window


class Line(NamedTuple):
    """A row of the list; the first of its day tells the day."""

    number: int
    entry: Entry
    leads: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of some days. A large portfolio has hundreds of birthdays a day: only the first of each day and of
    the list are given to the window, which would be held up by making and dropping the others; all are counted.
    """

    by_day: dict[date, list[Entry]] = field(default_factory=dict)
    counts: dict[date, int] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    @property
    def count(self) -> int:
        """All entries of these days."""
        return sum(self.counts.values())


def agreed(reads: Reads, first: date, last: date, hidden: frozenset[EntryKind]) -> Shown:
    """What falls on the days, at once; without the gifts to prepare, for which the whole portfolio is placed first."""
    return arranged(queries.entries(reads, first, last), hidden)


def everything(reads: Reads, first: date, last: date, hidden: frozenset[EntryKind]) -> Shown:
    """What falls on the days, and the gifts to prepare."""
    found = queries.entries(reads, first, last)
    if EntryKind.PREPARE not in hidden:
        found += queries.preparing(reads, first, last)
    return arranged(found, hidden)


def arranged(found: tuple[Entry, ...], hidden: frozenset[EntryKind]) -> Shown:
    """The entries of the kinds wanted, by day, kind and time."""
    entries = tuple(
        sorted(
            (one for one in found if one.kind not in hidden),
            key=lambda one: (one.on, ORDER[one.kind], one.at or "99"),
        )
    )
    counts = Counter(entry.on for entry in entries)
    by_day: dict[date, list[Entry]] = {}
    lines = []
    for number, entry in enumerate(entries):
        of_day = by_day.setdefault(entry.on, [])
        if number < MOST_LINES:
            lines.append(Line(number, entry, not of_day))
        if len(of_day) < MOST_OF_DAY:
            of_day.append(entry)
    return Shown(by_day, dict(counts), tuple(lines))
