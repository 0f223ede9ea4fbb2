"""Reads the coaching tags of reviews month by month, per manager, and which way each goes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.services.rulebook import Words
from rmdesk.services.store.reads import Reads
from rmdesk.services.team import rules
from rmdesk.services.team.members import Member, team_of


class Way(StrEnum):
    """How often a tag was given in the later half of the months against the earlier one."""

    MORE = "more"
    LESS = "less"
    SAME = "same"


@record
class TagRow:
    """A tag of one manager: how often in each month, the oldest first."""

    member: Member
    tag: str
    name: Words
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How often in all."""
        return sum(self.counts)

    @property
    def way(self) -> Way:
        """Which way it goes."""
        half = len(self.counts) // 2
        early, late = sum(self.counts[:half]), sum(self.counts[-half:]) if half else 0
        return Way.SAME if early == late else Way.MORE if late > early else Way.LESS


@record
class TagTrend:
    """The tags of the last months, by manager as read aloud and then the most frequent; `months` as 2026-11."""

    months: tuple[str, ...]
    rows: tuple[TagRow, ...]


_TAGS = """
SELECT coalesce(k.book, ''), r.tag, strftime('%Y-%m', r.at, 'localtime'), count(*)
FROM review r JOIN client c ON c.id = r.client_id LEFT JOIN sync_client k ON k.client_id = c.id
WHERE r.tag IS NOT NULL AND strftime('%Y-%m', r.at, 'localtime') BETWEEN :first AND :last AND {seen} GROUP BY 1, 2, 3
"""


def tag_trend(reads: Reads, day: date | None = None) -> TagTrend:
    """The coaching tags of the last months, this one included."""
    today, team = day or clock.today(), team_of(reads)
    months = last_months(today, rules.number("trend", "months"))
    given = {"first": months[0], "last": months[-1], "books": team.books}
    found: dict[str, dict[str, Counter[str]]] = {}
    for book, tag, month, count in reads.rows(_TAGS.format(seen=team.seen), given):
        own = found.setdefault(book if team.me.joined else "", {})
        own.setdefault(tag, Counter())[month] += count
    names = rules.tags()
    rows = [
        TagRow(member, tag, names[tag], tuple(counts[month] for month in months))
        for member in team.members
        for tag, counts in sorted(found.get(member.book, {}).items(), key=lambda one: (-sum(one[1].values()), one[0]))
        if tag in names
    ]
    return TagTrend(months, tuple(rows))


def last_months(day: date, count: int) -> tuple[str, ...]:
    """The month of a day and those before it, the oldest first, as 2026-11."""
    last = day.year * 12 + day.month - 1
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(last - count + 1, last + 1))
