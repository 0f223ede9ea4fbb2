"""The loads there were: which files, how far each got. A load that was stopped goes on where it stopped."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple
from uuid import uuid4

from psycopg import Connection
from psycopg.types.json import Jsonb

from rmdesk.base import clock
from rmdesk.services.imports.gathering import Handover
from rmdesk.services.imports.terms import Terms

BEGUN, DONE = "begun", "done"


class Begun(NamedTuple):
    """A load at work: the scopes it has done already, when it was stopped before."""

    id: str
    done: frozenset[str]


def begin(connection: Connection[Any], handover: Handover, terms: Terms, more: tuple[str, ...], by: str) -> Begun:
    """Begin a load of these files on these terms, or go on with it when it was stopped."""
    told = [*sorted(file.sha256 for file in handover.files), terms.as_of.isoformat(), terms.currency]
    told += [*sorted(terms.ended), *more]
    digest = hashlib.sha256("\x1f".join(told).encode()).digest()
    files = [{"name": file.name, "sha256": file.sha256, "rows": file.rows} for file in handover.files]
    row = connection.execute("SELECT id, state FROM bank_load WHERE digest = %s FOR UPDATE", (digest,)).fetchone()
    if row is None:
        load = uuid4().hex
        connection.execute(
            "INSERT INTO bank_load (id, digest, files, as_of, state, counts, by, begun_at)"
            " VALUES (%s, %s, %s, %s, %s, '{}', %s, %s)",
            (load, digest, Jsonb(files), terms.as_of, BEGUN, by, clock.now()),
        )
        return Begun(load, frozenset())
    load = str(row[0])
    if row[1] == DONE:  # loaded once more, as nobody asked in vain
        connection.execute("DELETE FROM bank_load_scope WHERE load_id = %s", (load,))
        connection.execute(
            "UPDATE bank_load SET state = %s, begun_at = %s, done_at = NULL WHERE id = %s", (BEGUN, clock.now(), load)
        )
    scopes = connection.execute("SELECT scope FROM bank_load_scope WHERE load_id = %s", (load,))
    return Begun(load, frozenset(scope for (scope,) in scopes))


def scope_done(connection: Connection[Any], load: str, scope: str, counts: dict[str, int]) -> None:
    """A scope is done; in the transaction that wrote it."""
    connection.execute(
        "INSERT INTO bank_load_scope (load_id, scope, done_at, counts) VALUES (%s, %s, %s, %s)",
        (load, scope, clock.now(), Jsonb(counts)),
    )


def finish(connection: Connection[Any], load: str) -> dict[str, int]:
    """The load is done; gives what it did in all its scopes, those of an earlier try included."""
    totals: dict[str, int] = {}
    for (counts,) in connection.execute("SELECT counts FROM bank_load_scope WHERE load_id = %s", (load,)):
        for name, count in counts.items():
            totals[name] = totals.get(name, 0) + count
    connection.execute(
        "UPDATE bank_load SET state = %s, counts = %s, done_at = %s WHERE id = %s",
        (DONE, Jsonb(totals), clock.now(), load),
    )
    return totals
