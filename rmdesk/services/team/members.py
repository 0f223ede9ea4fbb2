"""Reads who is in the team whose records this desk holds: the owners of the books that a lead follows."""

from __future__ import annotations

import json

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.services.desk_user import DeskUser, desk_user
from rmdesk.services.store.reads import Reads


@record
class Member:
    """A manager with a book they keep; who keeps two is there twice. Without a hub there is one: whoever sits here,
    and `book` is empty.
    """

    book: str
    user: str
    name: str
    clients: int


@record
class Team:
    """Who looks, at whom: `members` by name as it is read aloud, so that nobody comes first for a figure."""

    me: DeskUser
    members: tuple[Member, ...]

    @property
    def books(self) -> str:
        """The books as JSON, for json_each."""
        return json.dumps([one.book for one in self.members])

    @property
    def seen(self) -> str:
        """An SQL condition on `k.book` of a client's row in `sync_client` (left joined as k)."""
        return "k.book IN (SELECT value FROM json_each(:books))" if self.me.joined else "TRUE"

    def name_of(self, book: str | None) -> str:
        """The manager who keeps a book."""
        if not self.me.joined:
            return self.me.name
        return next((one.name for one in self.members if one.book == book), "")


_BOOKS = """
SELECT substr(s.id, 6), m.id, m.name, (SELECT count(*) FROM sync_client k JOIN client c ON c.id = k.client_id
                                       WHERE k.book = substr(s.id, 6) AND c.merged_into IS NULL)
FROM sync_scope s JOIN colleague m ON m.id = s.owner OR (s.owner = '' AND s.id = 'book:' || m.book)
WHERE s.kind = 'book' AND m.team = :team AND m.id <> :user AND s.id <> 'book:' || :own
"""


def team_of(reads: Reads) -> Team:
    """The team that this desk may look at.

    With a hub: who keeps a book that this desk follows and belongs to the same team, not the lead's own book, since
    nobody reviews themselves. Without one: whoever sits here. Empty for whoever is no lead.
    """
    me = desk_user(reads)
    if not me.lead:
        return Team(me, ())
    if not me.joined:
        clients = reads.value("SELECT count(*) FROM client WHERE merged_into IS NULL")
        return Team(me, (Member("", "", me.name, clients),))
    rows = reads.rows(_BOOKS, {"team": me.team, "own": me.book, "user": me.user})
    found = [Member(row[0], row[1], row[2], row[3]) for row in rows]
    return Team(me, tuple(sorted(found, key=lambda one: (_aloud(one.name), one.name, one.book))))


def team_led(reads: Reads) -> Team:
    """The same for what only a lead may ask for; refused for whoever leads no team."""
    team = team_of(reads)
    if not team.me.lead:
        raise Refused(
            N_("Only a team lead has a report of the team."),
            do=N_("Whoever leads the team says so under Your role in the settings."),
            code="not_lead",
        )
    return team


def _aloud(name: str) -> str:
    from rmdesk.services.clients.pinyin import plain, reading

    return plain(reading(name).pinyin).casefold()
