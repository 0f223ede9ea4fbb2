"""Who comes into which book: new clients, those who waited unassigned, and hand-overs that the files suggest.

A client who is in somebody's book is never moved by a file alone: the file proposes a hand-over, which goes the way
of all hand-overs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.services.bank.books import POOL, Books
from rmdesk.hub.services.handing import handover
from rmdesk.services.imports.aside import Person
from rmdesk.services.imports.terms import numbers
from rmdesk.wire.ids import client_id


@dataclass(slots=True)
class Plan:
    """By book its clients; who is new to the hub and who comes from the pool (wire ids); `proposed`: hand-overs
    (client, from, to); `elsewhere`: all for whom the files name another book's manager; `unknown`: how many clients
    went unassigned for each manager of no book.
    """

    books: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    new: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    from_pool: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    proposed: list[tuple[str, str, str]] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)


def plan(
    people: Sequence[Person], before: Mapping[str | None, str | None], known: Mapping[str, str], books: Books
) -> Plan:
    """Distribute them. `before`: by number the manager of those there were; `known`: by wire id the book."""
    found = Plan()
    for person in people:
        number = str(person.number)
        wire = client_id(number)
        here, told = known.get(wire), books.of(person.manager)
        if told is None and (here is None or here == POOL):
            found.unknown[str(person.manager)] += 1
        if here is None:
            here = told or POOL
            found.new[here].append((wire, number))
        elif here == POOL and told not in (None, POOL):
            here = str(told)
            found.from_pool[here].append(wire)
        elif told not in (None, here, POOL) and person.manager:
            found.elsewhere.append(wire)
            if person.manager != before.get(number):
                found.proposed.append((wire, here, str(told)))
        found.books[here].append(person)
    return found


def keep(connection: Connection[Any], plan: Plan, book: str, load: str, by: str) -> None:
    """What comes into a book and what is proposed to leave it; in the transaction that writes the book."""
    new = plan.new.get(book, ())
    connection.execute(
        "INSERT INTO hub_client (id, number, book) SELECT t.id, t.number, %s FROM unnest(%s::text[], %s::text[])"
        " AS t(id, number) ON CONFLICT (id) DO NOTHING",
        (book, [wire for wire, _ in new], [number for _, number in new]),
    )
    connection.execute("UPDATE hub_client SET book = %s WHERE id = ANY(%s)", (book, list(plan.from_pool.get(book, ()))))
    leaving = [(client, to) for client, of, to in plan.proposed if of == book]
    until = clock.today() + timedelta(days=numbers().hand_over_days)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO handover (id, batch, client_id, from_book, to_book, state, reason, asked_by, asked_at,"
            " grace_until, bank_load) VALUES (%s, %s, %s, %s, %s, 'asked', 'bank', %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [(uuid4().hex, load, client, book, to, by, clock.now(), until, load) for client, to in leaving],
        )


def confirm(hub: Hub, plan: Plan, by: str) -> int:
    """Confirm the hand-overs that the bank's files proposed for these clients; how many clients moved."""
    with hub.database.transaction() as connection:
        rows = connection.execute(
            "SELECT DISTINCT batch FROM handover WHERE state = 'asked' AND bank_load IS NOT NULL"
            " AND client_id = ANY(%s) ORDER BY batch",
            (plan.elsewhere,),
        )
        batches = [row[0] for row in rows]
    who, moved = Caller(by, "", "administrator", ""), 0
    for batch in batches:
        while True:
            told = handover.confirm(hub, who, batch).handovers
            if all(row.state != "asked" for row in told):
                moved += sum(row.state == "done" for row in told)
                break
    return moved
