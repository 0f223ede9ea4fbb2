"""Reads the cadences that were proposed and agreed, for the page and for programs."""

from __future__ import annotations

from datetime import date

from rmdesk.base.record import record
from rmdesk.services.desk_user import desk_user, named
from rmdesk.services.rulebook import Words
from rmdesk.services.segments import tables
from rmdesk.services.store.reads import Reads
from rmdesk.services.team.members import team_of
from rmdesk.services.team.rules import Agreement


@record
class CadenceRow:
    """A cadence of a tier, in one group or (None) in all; `table` is what the table asks for, None where it differs by
    group or goes by event. `mine`: I have proposed it; `answers`: it waits for my word.
    """

    number: int
    id: str
    book: str
    member: str
    tier: str
    group: str | None
    days: int
    table: int | None
    note: str
    state: Agreement
    proposed_by: str
    proposed_on: date
    agreed_by: str
    agreed_on: date | None
    ended_on: date | None
    mine: bool
    answers: bool

    @property
    def tier_name(self) -> Words:
        """The name of the tier."""
        return tables.table().tier_names[[one.value for one in tables.TIERS].index(self.tier)]

    @property
    def group_name(self) -> Words | None:
        """The name of the group; None for all of them."""
        return None if self.group is None else tables.table().groups[tables.GROUPS.index(self.group)].name


_ROWS = """
SELECT rowid, id, book, tier, "group", days, note, state, proposed_by, proposed_on, agreed_by, agreed_on, ended_on
FROM agreed_cadence ORDER BY state = 'proposed' DESC, state = 'agreed' DESC, proposed_on DESC, id LIMIT 500
"""


def cadences(reads: Reads) -> tuple[CadenceRow, ...]:
    """Those of the books that this desk may look at, what waits first; ended ones stay as history."""
    me, team = desk_user(reads), team_of(reads)
    own = me.book if me.joined else ""
    members = {one.book: one.name for one in team.members} | {own: me.name}
    found = []
    for number, key, book, tier, group, days, note, state, by, on, other, agreed, ended in reads.rows(_ROWS):
        if book not in members:
            continue
        mine = by == me.signs
        found.append(
            CadenceRow(
                number, key, book, members[book], tier, group, days, _table(tier, group), note, Agreement(state),
                named(reads, by), date.fromisoformat(on), named(reads, other) if other else "", _date(agreed),
                _date(ended), mine, state == Agreement.PROPOSED and not mine,
            )
        )  # fmt: skip
    return tuple(found)


def answers_wanted(reads: Reads) -> int:
    """How many proposals for one's own book wait for a word. Asked at the start, so it asks little."""
    me = desk_user(reads)
    if not me.joined or not me.book:
        return 0
    return int(reads.value(_WAITING, (me.book, me.signs)))


_WAITING = "SELECT count(*) FROM agreed_cadence WHERE state = 'proposed' AND book = ? AND proposed_by <> ?"


def _table(tier: str, group: str | None) -> int | None:
    table = tables.table()
    if group is not None:
        return table.cadence(group, tier)
    asked = {one.cadence.get(tier) for one in table.groups} - {None}
    return asked.pop() if len(asked) == 1 else None


def _date(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
