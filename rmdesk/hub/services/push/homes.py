"""Where each item of a batch belongs: the scope of a record that exists, else that of its client or its parent.

Reads the two directories (ids and homes, no contents), which is why it can tell what went elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller
from rmdesk.hub.services.push.checks import Rights, Wrong, kind_of
from rmdesk.hub.services.rows import client_of
from rmdesk.hub.services.scopes import Grant, own_book
from rmdesk.wire.ids import scope_id
from rmdesk.wire.messages import Item
from rmdesk.wire.registry import BY_NAME, Home, Kind, Type

# Until when what former managers wrote late is shown to the new one; the last hand-over out of a book of theirs counts.
GRACE = """
SELECT max(grace_until) FROM handover WHERE client_id = %(client)s AND state = 'done' AND from_book IN (
    SELECT id FROM book WHERE owner_id = %(user)s UNION SELECT book_id FROM membership WHERE user_id = %(user)s)
"""
# A person or household that went along with a client left a deletion in the old scope, before the client's exit.
WENT = """
SELECT e.client_id FROM record r JOIN scope_exit e ON e.scope_id = r.scope_id AND e.seq > r.seq
JOIN hub_client c ON c.id = e.client_id
WHERE r.scope_id = ANY(%s) AND r.id = ANY(%s) AND r.deleted AND c.book = %s ORDER BY e.seq LIMIT 1
"""
FORMER = "SELECT book_id FROM membership WHERE user_id = %s AND from_day <= %s"
NO_RIGHTS = Rights(manager=False, lead=False)


class Place(NamedTuple):
    """Where an item goes. `late`: kept aside in `scope`, the new book of `client`, and `shown` to its manager for some
    time. `wrong`: it goes nowhere.
    """

    scope: str = ""
    rights: Rights = NO_RIGHTS
    late: bool = False
    wrong: Wrong | None = None
    new_client: bool = False
    client: str = ""
    shown: bool = True


class Directories(NamedTuple):
    """Where the records and clients named in a batch are now."""

    homes: Mapping[str, str]
    books: Mapping[str, str]


def directories(connection: Connection[Any], items: Sequence[Item]) -> Directories:
    """What the directories say of everything the items name."""
    records = {item.id for item in items}
    clients = {item.client for item in items if item.client} | {item.id for item in items if item.type == "client"}
    for item in items:
        kind = BY_NAME.get(item.type)
        for name, edit in item.patch.items() if kind is not None else ():
            told = kind.field(name) if kind is not None else None
            if told is not None and isinstance(edit.value, str):
                if told.kind is Kind.CLIENT:
                    clients.add(edit.value)
                elif kind is not None and name == kind.parent:
                    records.add(edit.value)
    homes = connection.execute("SELECT id, home FROM record_dir WHERE id = ANY(%s)", (sorted(records),)).fetchall()
    books = connection.execute("SELECT id, book FROM hub_client WHERE id = ANY(%s)", (sorted(clients),)).fetchall()
    return Directories(dict(homes), dict(books))


class Homes:
    """Finds the places of a batch's items, in their order; remembers what the batch itself makes."""

    def __init__(
        self, connection: Connection[Any], who: Caller, grants: Mapping[str, Grant], known: Directories
    ) -> None:
        self._connection = connection
        self._who = who
        self._grants = grants
        self._homes = dict(known.homes)
        self._books = dict(known.books)
        self._own_book: list[str | None] = []
        self._former: set[str] | None = None

    def of(self, item: Item) -> Place:
        """The place of one item; those of its parents and clients are asked for before."""
        kind = kind_of(item)
        if isinstance(kind, Wrong):
            return Place(wrong=kind)
        if item.whole is False and item.id not in self._homes and (item.patch or item.offers):
            return Place(wrong=Wrong("incomplete"))
        unknown = self._unknown_client(kind, item)
        if unknown:
            return unknown
        if kind.home is Home.BOOK:
            found = self._in_book(kind, item)
        else:
            scope = scope_id(kind.home.value, self._who.user if kind.home is Home.OWN else self._who.team)
            found = self._in_scope(scope) if self._homes.get(item.id, scope) == scope else _unknown("unknown_record")
        if found.wrong is None and not found.late and (item.patch or item.offers):
            self._homes.setdefault(item.id, found.scope)
        return found

    def of_parents(self, items: Sequence[Item]) -> set[str]:
        """The scopes of the sender's own in which the parents of these items live: they may come to life again."""
        kinds = [(item, BY_NAME[item.type]) for item in items if item.type in BY_NAME]
        links = [item.patch[kind.parent].value for item, kind in kinds if kind.parent in item.patch]
        homes = {self._homes.get(str(link), "") for link in links}
        return {home for home in homes if home in self._grants and self._grants[home].write}

    def _unknown_client(self, kind: Type, item: Item) -> Place | None:
        """Every client that is named must be one the hub knows; a prospect's own record makes him known."""
        if kind.name == "client" and item.id not in self._books:
            return self._prospect(item)
        for name, edit in item.patch.items():
            told = kind.field(name)
            if (
                told is not None
                and told.kind is Kind.CLIENT
                and edit.value is not None
                and edit.value not in self._books
            ):
                return Place(wrong=Wrong("unknown_client", name))
        return None

    def _prospect(self, item: Item) -> Place:
        origin, book = item.patch.get("origin"), self._own()
        if origin is None or origin.value != "desk":
            return Place(wrong=Wrong("unknown_client"))
        if book is None:
            return Place(wrong=Wrong("no_book"))
        self._books[item.id] = book
        self._homes[item.id] = scope_id("book", book)
        return self._in_scope(scope_id("book", book))._replace(new_client=True)

    def _in_book(self, kind: Type, item: Item) -> Place:
        named = client_of(kind, item.id, {name: edit.value for name, edit in item.patch.items()})
        book = self._books.get(named) if named else None
        home = self._homes.get(item.id)
        if home is None and book is not None:
            home = scope_id("book", book)
        if home is None and kind.parent:
            link = item.patch.get(kind.parent)
            home = self._homes.get(str(link.value)) if link is not None else None
            if home is None:
                return self._orphan(kind, item)
        if home is None:
            if not item.patch:  # a deletion of what never came here
                return Place(scope="")
            own = self._own()
            if own is None:
                return Place(wrong=Wrong("no_book"))
            home = scope_id("book", own)
        found = self._in_scope(home)
        if found.wrong is not None:
            return self._late(item, home)
        if book is not None and home != scope_id("book", book):
            return Place(wrong=Wrong("other_book", kind.client[0]))
        return found

    def _orphan(self, kind: Type, item: Item) -> Place:
        """Its parent is not here. Gone with its client to another book, or kept aside there, it follows them."""
        book = self._books.get(item.client or "")
        if book is not None and self._in_scope(scope_id("book", book)).wrong is not None:
            return self._late(item, scope_id("book", book))
        return Place(wrong=Wrong("no_parent", kind.parent))

    def _in_scope(self, scope: str) -> Place:
        grant = self._grants.get(scope)
        if grant is None:
            return _unknown("unknown_record")
        leads = self._who.role == "lead" and grant.kind == "book"
        return Place(scope, Rights(grant.write, leads))

    def _late(self, item: Item, home: str) -> Place:
        """Somebody else's book. Kept aside there if the sender kept it until a while ago, else told as unknown."""
        client = (item.id if item.type == "client" else item.client) or self._went_with(item, home)
        book = self._books.get(client)
        if book is None or home != scope_id("book", book) or not self._kept_before(client, home):
            return _unknown("unknown_client")
        return Place(home, late=True, client=client, shown=self._is_shown(client))

    def _went_with(self, item: Item, home: str) -> str:
        """The client with whom a record that names none (or its parent) went from the sender's book to another."""
        kind = BY_NAME[item.type]
        link = item.patch.get(kind.parent)
        told = (list(self._grants), [item.id, *([str(link.value)] if link else [])], home.partition(":")[2])
        row = self._connection.execute(WENT, told).fetchone()
        if row is None:
            return ""
        self._books[str(row[0])] = told[2]
        return str(row[0])

    def _is_shown(self, client: str) -> bool:
        row = self._connection.execute(GRACE, {"client": client, "user": self._who.user}).fetchone()
        return row is None or row[0] is None or bool(row[0] >= clock.today())

    def _kept_before(self, client: str, home: str) -> bool:
        if self._former is None:
            rows = self._connection.execute(FORMER, (self._who.user, clock.today()))
            self._former = {scope_id("book", row[0]) for row in rows}
        if home in self._former:
            return True
        # Row-level security shows the exits of the sender's own scopes only.
        gone = self._connection.execute("SELECT 1 FROM scope_exit WHERE client_id = %s LIMIT 1", (client,)).fetchone()
        return gone is not None

    def _own(self) -> str | None:
        if not self._own_book:
            self._own_book.append(own_book(self._connection, self._who.user))
        return self._own_book[0]


def _unknown(code: str) -> Place:
    return Place(wrong=Wrong(code))
