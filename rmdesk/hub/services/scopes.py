"""Which scopes there are, and who may read or write which: worked out from teams, books and who stands in for whom."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller
from rmdesk.wire.ids import scope_id


class Grant(NamedTuple):
    """A scope somebody may read. `write`: as its manager or their substitute; a lead's few rights come on top."""

    id: str
    kind: str  # bank, book, own, team
    label: str
    owner: str  # user id
    write: bool


# The caller's own books, those of people they stand in for today, and those of the team a lead leads.
BOOKS = """
SELECT b.id, b.name, coalesce(b.owner_id, ''), b.owner_id = %(user)s OR EXISTS (
         SELECT 1 FROM membership m WHERE m.book_id = b.id AND m.user_id = %(user)s
         AND m.from_day <= %(today)s AND m.to_day >= %(today)s) AS write
FROM book b
WHERE b.owner_id = %(user)s
   OR (%(lead)s AND b.team_id = %(team)s)
   OR b.id IN (SELECT m.book_id FROM membership m WHERE m.user_id = %(user)s
               AND m.from_day <= %(today)s AND m.to_day >= %(today)s)
ORDER BY b.id
"""


def grants(connection: Connection[Any], who: Caller, today: date | None = None) -> dict[str, Grant]:
    """The scopes of one person on one day, by id."""
    told = {
        "user": who.user,
        "lead": who.role == "lead",
        "team": who.team,
        "today": today or clock.today(),
    }
    found = [Grant(scope_id("own", who.user), "own", "", who.user, True)]
    if who.team:
        found.append(Grant(scope_id("team", who.team), "team", "", "", True))
    for book, name, owner, write in connection.execute(BOOKS, told):
        found.append(Grant(scope_id("bank", book), "bank", name, owner, False))
        found.append(Grant(scope_id("book", book), "book", name, owner, bool(write)))
    return {one.id: one for one in found}


def own_book(connection: Connection[Any], user: str) -> str | None:
    """The book of a manager; the first one if there are several."""
    row = connection.execute("SELECT id FROM book WHERE owner_id = %s ORDER BY made_at, id LIMIT 1", (user,)).fetchone()
    return None if row is None else str(row[0])


def open_scope(connection: Connection[Any], kind: str, owner: str) -> str:
    """Make a scope; the transaction must work in it. Nothing happens when it is there."""
    made = scope_id(kind, owner)
    connection.execute(
        "INSERT INTO scope (id, kind, owner, made_at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (made, kind, owner, clock.now()),
    )
    return made
