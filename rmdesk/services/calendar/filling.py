"""Fills the days of a calendar: all entries are counted, and as many are made as somebody looks at.

A portfolio of a hundred thousand has a thousand birthdays, maturities and gifts to prepare a day. Making an entry of
each takes time and memory, and what holds so many objects is held up by clearing them away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from rmdesk.base.record import record
from rmdesk.services.calendar.rows import ORDER, Entry, EntryKind
from rmdesk.services.occasions.due import Due, rows_of
from rmdesk.services.occasions.told import Told


@record
class Days:
    """Entries by day, kind and time; `counts` tells how many each day has in all."""

    entries: tuple[Entry, ...]
    counts: Mapping[date, int]


class Filling:
    """Takes entries kind after kind, in the order of `EntryKind`, until a day has `most`, a `whole` day `all_`."""

    def __init__(self, most: int, whole: Collection[date] = (), all_: int = 0) -> None:
        self.counts: Counter[date] = Counter()
        self.most, self.all_, self.whole = most, max(most, all_), frozenset(whole)
        self._placed: Counter[date] = Counter()
        self._entries: list[Entry] = []

    def place(self, day: date, count: int) -> int:
        """So many of a kind fall on a day: how many of them are to be made."""
        self.counts[day] += count
        room = min(count, (self.all_ if day in self.whole else self.most) - self._placed[day])
        self._placed[day] += room
        return room

    def add(self, entries: Iterable[Entry]) -> None:
        """What was made for the places that were given."""
        self._entries += entries

    def days(self) -> Days:
        """All that was taken, in order."""
        # stable: within a kind as they came
        self._entries.sort(key=lambda one: (one.on, ORDER[one.kind], one.at or "99"))
        return Days(tuple(self._entries), {day: count for day, count in self.counts.items() if count})


class Crowds:
    """Occasions that are counted first: how many of each kind a day has, and whose are to be named."""

    def __init__(self) -> None:
        self._kept: dict[tuple[EntryKind, date], list[Due]] = defaultdict(list)
        self._told: dict[tuple[EntryKind, date], list[tuple[Told, list[int]]]] = defaultdict(list)
        self._left: Counter[tuple[EntryKind, date]] = Counter()

    def add(self, kind: EntryKind, day: date, one: Due) -> None:
        """An occasion that is kept as a record stands on a day."""
        self._kept[kind, day].append(one)

    def add_all(self, kind: EntryKind, day: date, told: Told, codes: list[int]) -> None:
        """These of the bank's occasions stand on a day, those of the wealthiest first."""
        self._told[kind, day].append((told, codes))

    def chosen(self, filling: Filling) -> Iterator[Due]:
        """Those among whom the ones are that have a place: the first of the bank's and all that are kept."""
        for where in sorted({*self._kept, *self._told}, key=lambda one: ORDER[one[0]]):
            kept, told = self._kept.get(where, ()), self._told.get(where, ())
            room = filling.place(where[1], len(kept) + sum(len(codes) for _told, codes in told))
            if room:
                self._left[where] = room
                yield from chain(kept, *(rows_of(one, codes[:room]) for one, codes in told))

    def takes(self, kind: EntryKind, day: date) -> bool:
        """Whether a place is left for one more of a day, now that they come in their order."""
        self._left[kind, day] -= 1
        return self._left[kind, day] >= 0
