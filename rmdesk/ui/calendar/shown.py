"""What a view of the calendar shows, put in order on the reading thread: a month of a large portfolio has thousands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rmdesk.services.calendar import queries
from rmdesk.services.calendar.rows import ORDER, Entry, EntryKind
from rmdesk.services.store.reads import Reads


class Line(NamedTuple):
    """A row of the list; the first of its day tells the day."""

    number: int
    entry: Entry
    leads: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The entries of some days: in their order, by day, and as lines of the list."""

    entries: tuple[Entry, ...] = ()
    by_day: dict[date, list[Entry]] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()


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
    by_day: dict[date, list[Entry]] = defaultdict(list)
    lines = []
    for number, entry in enumerate(entries):
        lines.append(Line(number, entry, entry.on not in by_day))
        by_day[entry.on].append(entry)
    return Shown(entries, dict(by_day), tuple(lines))
