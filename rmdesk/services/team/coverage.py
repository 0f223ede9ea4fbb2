"""Reads how a team keeps in touch with its clients: figures per manager, in the order of their names and no other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.models.kinds import SEALING, Tier
from rmdesk.services.store.reads import Reads
from rmdesk.services.team.members import Member, Team, team_of
from rmdesk.services.visits import coverage as visits
from rmdesk.services.visits.coverage import Reach
from rmdesk.services.visits.rows import Window

if TYPE_CHECKING:
    from rmdesk.services.care.facts import Flags, Ints

HIGH = (Tier.T5, Tier.T4)  # told apart in the figures of a manager


@record
class Promises:
    """Promises of a manager: those open, of them overdue, and those of the window that were kept, in time or late."""

    open: int
    overdue: int
    kept: int
    late: int


@record
class Words:
    """Records of a manager that were looked at in the window: all, approved, given back."""

    reviewed: int
    approved: int
    returned: int


@record
class Figures:
    """One manager: coverage in each window, of all clients and of the two highest tiers; promises; reviews."""

    member: Member
    windows: tuple[Window, ...]
    tiers: tuple[tuple[str, Window], ...]  # in the first window
    overdue: int
    promises: Promises
    words: Words


@record
class TeamFigures:
    """The figures of a team on a day, by the managers' names."""

    day: date
    days: tuple[int, ...]
    members: tuple[Figures, ...]


def figures(reads: Reads, day: date | None = None) -> TeamFigures:
    """Coverage, promises and reviews per manager of the team that this desk looks at."""
    import numpy as np

    today, team = day or clock.today(), team_of(reads)
    if not team.members:
        return TeamFigures(today, (), ())
    found = visits.reach(reads, today)
    of = places(reads, team, found.whole.client)
    longest = max(days for days, _due, _seen in found.windows)
    since = (today - timedelta(days=longest)).isoformat()
    promises, words = _promises(reads, team, today, since), _words(reads, team, since)
    members = tuple(
        _figures(found, np.equal(of, at), member, promises.get(member.book), words.get(member.book))
        for at, member in enumerate(team.members)
    )
    return TeamFigures(today, tuple(days for days, _due, _seen in found.windows), members)


def _figures(found: Reach, own: Flags, member: Member, promises: Promises | None, words: Words | None) -> Figures:
    mine = own & found.counted
    first = found.windows[0]
    tiers = tuple(
        (tier.value, visits.window(*first, mine & (found.whole.tier == list(Tier).index(tier) + 1))) for tier in HIGH
    )
    return Figures(
        member,
        tuple(visits.window(*one, mine) for one in found.windows),
        tiers,
        int((found.late & mine).sum()),
        promises or Promises(0, 0, 0, 0),
        words or Words(0, 0, 0),
    )


def places(reads: Reads, team: Team, clients: Ints) -> Ints:
    """For each client the place of its manager in the team, -1 for others."""
    import numpy as np

    if not team.me.joined:
        return np.zeros(len(clients), dtype=np.int64)
    at = {member.book: place for place, member in enumerate(team.members)}
    known = {
        row[0]: at[row[1]]
        for page in reads.pages("SELECT client_id, book FROM sync_client WHERE book IS NOT NULL")
        for row in page
        if row[1] in at
    }
    return np.array([known.get(int(client), -1) for client in clients], dtype=np.int64)


def _promises(reads: Reads, team: Team, today: date, since: str) -> dict[str, Promises]:
    rows = reads.rows(
        f"""
        SELECT coalesce(k.book, ''), sum(p.state = 'open'), sum(p.state = 'open' AND p.due_on < :today),
               sum(p.state = 'kept' AND p.closed_on >= :since AND p.closed_on <= p.due_on),
               sum(p.state = 'kept' AND p.closed_on >= :since AND p.closed_on > p.due_on)
        FROM promise p JOIN client c ON c.id = p.client_id LEFT JOIN sync_client k ON k.client_id = c.id
        WHERE c.merged_into IS NULL AND {team.seen} GROUP BY {_GROUP if team.me.joined else "1 = 1"}
        """,
        {"today": today.isoformat(), "since": since, "books": team.books},
    )
    return {row[0] if team.me.joined else "": Promises(*row[1:]) for row in rows}


def _words(reads: Reads, team: Team, since: str) -> dict[str, Words]:
    sealing = ", ".join(f"'{word}'" for word in SEALING)
    rows = reads.rows(
        f"""
        SELECT coalesce(k.book, ''), count(*), sum(r.verdict IN ({sealing})), sum(r.verdict = 'returned')
        FROM review r JOIN client c ON c.id = r.client_id LEFT JOIN sync_client k ON k.client_id = c.id
        WHERE r.at >= :since AND {team.seen} GROUP BY {_GROUP if team.me.joined else "1 = 1"}
        """,
        {"since": since, "books": team.books},
    )
    return {row[0] if team.me.joined else "": Words(*row[1:]) for row in rows}


_GROUP = "k.book"
