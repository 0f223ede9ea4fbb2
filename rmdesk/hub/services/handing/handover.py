"""Hand-overs: asked for, confirmed or refused by somebody else, done; and what desks have still to remove.

An administrator, or a lead of the team that gives, asks; an administrator, or a lead of either team, confirms.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from uuid import uuid4

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.core import epoch as epoch_of
from rmdesk.hub.failures import Failed, foreign
from rmdesk.hub.services import audit
from rmdesk.hub.services.handing.moving import Move, move, scopes_of
from rmdesk.wire.handing import MOST_HANDED, HandoverAsk, HandoverRow, HandoverRows, PurgeRow, PurgeRows
from rmdesk.wire.ids import scope_id

DUE = timedelta(days=1)  # a desk that is used hears of it within a day
MOST_AT_ONCE = 10  # transactions of one confirmation; the rest is confirmed by asking again

_SELECT = """
SELECT h.id, h.batch, h.client_id, h.from_book, h.to_book, h.state, h.reason, h.asked_by, h.asked_at,
       coalesce(h.decided_by, ''), h.done_at, h.grace_until
FROM handover h JOIN book f ON f.id = h.from_book JOIN book t ON t.id = h.to_book
"""
_VISIBLE = "(%(all)s OR (%(lead)s AND (f.team_id = %(team)s OR t.team_id = %(team)s)))"
_DESKS = """
SELECT DISTINCT d.id FROM device d JOIN hub_user u ON u.id = d.user_id JOIN book f ON f.id = %(old)s
JOIN book t ON t.id = %(new)s
WHERE d.status IN ('active', 'retired')
  AND (f.owner_id = u.id OR (u.role = 'lead' AND u.team_id = f.team_id) OR u.id IN
       (SELECT user_id FROM membership WHERE book_id = f.id))
  AND NOT (coalesce(t.owner_id = u.id, false) OR (u.role = 'lead' AND u.team_id = t.team_id) OR u.id IN
       (SELECT user_id FROM membership WHERE book_id = t.id AND from_day <= %(today)s AND to_day >= %(today)s))
"""
_PURGES = """
SELECT p.handover_id, p.device_id, d.name, u.name, p.client_id, p.due_at FROM purge_receipt p
JOIN device d ON d.id = p.device_id JOIN hub_user u ON u.id = d.user_id
WHERE p.done_at IS NULL AND (%(all)s OR (%(lead)s AND u.team_id = %(team)s) OR d.user_id = %(user)s)
ORDER BY p.due_at, p.device_id LIMIT 5000
"""


class _Asked(NamedTuple):
    """A hand-over that waits for somebody's word."""

    id: str
    client: str
    from_book: str
    to_book: str
    asked_by: str
    by_bank: bool


def ask(hub: Hub, who: Caller, told: HandoverAsk) -> HandoverRows:
    """Ask to move clients of one book; nothing moves yet. 404 for clients and books of others."""
    clients, batch, now = sorted(set(told.clients)), uuid4().hex, clock.now()
    with hub.database.transaction([hub.scope]) as connection:
        books = {
            row[0] for row in connection.execute("SELECT book FROM hub_client WHERE id = ANY(%s) FOR SHARE", (clients,))
        }
        known = connection.execute("SELECT count(*) FROM hub_client WHERE id = ANY(%s)", (clients,)).fetchone()
        teams = _teams(connection, [*books, told.to_book])
        if known is None or known[0] != len(clients) or told.to_book not in teams:
            raise foreign()
        if not all(_may(who, [teams.get(book, "")]) for book in books):
            raise foreign()
        if len(books) != 1 or told.to_book in books:
            raise Failed(422, "one_book", field="clients")
        taken = connection.execute(
            "SELECT 1 FROM handover WHERE client_id = ANY(%s) AND state IN ('asked', 'confirmed') LIMIT 1", (clients,)
        ).fetchone()
        if taken is not None:
            raise Failed(422, "already_asked", field="clients")
        until = clock.today() + timedelta(days=told.grace_days)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO handover (id, batch, client_id, from_book, to_book, state, reason, asked_by, asked_at, "
                "grace_until) VALUES (%s, %s, %s, %s, %s, 'asked', %s, %s, %s, %s)",
                [
                    (uuid4().hex, batch, client, *books, told.to_book, told.reason, who.user, now, until)
                    for client in clients
                ],
            )
        detail = {"batch": batch, "clients": len(clients), "to": told.to_book}
        audit.append(connection, hub.scope, who.user, who.device, "handover_asked", detail)
    return rows(hub, who, batch)


def refuse(hub: Hub, who: Caller, batch: str) -> HandoverRows:
    """Refuse what is still asked of a batch; whoever asked may take it back so."""
    with hub.database.transaction([hub.scope]) as connection:
        asked = _asked(connection, who, batch)
        connection.execute(
            "UPDATE handover SET state = 'refused', decided_by = %s, decided_at = %s WHERE id = ANY(%s)",
            (who.user, clock.now(), [one.id for one in asked]),
        )
        detail = {"batch": batch, "clients": len(asked)}
        audit.append(connection, hub.scope, who.user, who.device, "handover_refused", detail)
    return rows(hub, who, batch)


def confirm(hub: Hub, who: Caller, batch: str) -> HandoverRows:
    """Confirm a batch and move its clients, at most fifty in one transaction. 422 for whoever asked for it."""
    with hub.database.transaction() as connection:
        asked = _asked(connection, who, batch)
    if any(one.asked_by == who.user and not one.by_bank for one in asked):
        raise Failed(422, "dual_control")
    chunks = [
        chunk for (_from, _to), some in groupby(sorted(asked, key=_books), key=_books) for chunk in _chunks(list(some))
    ]
    for chunk in chunks[:MOST_AT_ONCE]:
        scopes = [hub.scope, *scopes_of(chunk[0].from_book, chunk[0].to_book)]
        hub.database.run(lambda connection, chunk=chunk: _move(connection, hub, who, chunk), scopes)  # type: ignore[misc]
    return rows(hub, who, batch)


def rows(hub: Hub, who: Caller, batch: str | None = None) -> HandoverRows:
    """The newest hand-overs one may see, or those of one batch."""
    told = {**_sight(who), "batch": batch}
    where = f"{_VISIBLE} AND h.batch = %(batch)s" if batch else _VISIBLE
    with hub.database.transaction(reading=True) as connection:
        found = [
            HandoverRow(id_, of, client, a, b, state, reason, by, _said(at), decided, _said(done), grace.isoformat())
            for id_, of, client, a, b, state, reason, by, at, decided, done, grace in connection.execute(
                f"{_SELECT} WHERE {where} ORDER BY h.asked_at DESC, h.id LIMIT 2000", told
            )
        ]
    return HandoverRows(found)


def purges(hub: Hub, who: Caller) -> PurgeRows:
    """What desks have still to remove: one's own, a lead's team's, an administrator's all."""
    now = clock.now()
    with hub.database.transaction(reading=True) as connection:
        found = [
            PurgeRow(handover, device, name, user, client, _said(due), max(0, (now - due).days))
            for handover, device, name, user, client, due in connection.execute(_PURGES, _sight(who))
        ]
    return PurgeRows(found)


def _move(connection: Connection[Any], hub: Hub, who: Caller, chunk: list[_Asked]) -> None:
    now, ids = clock.now(), [one.id for one in chunk]
    open_ = [
        row[0]
        for row in connection.execute(
            "SELECT id FROM handover WHERE id = ANY(%s) AND state = 'asked' ORDER BY id FOR UPDATE", (ids,)
        )
    ]
    if len(open_) != len(ids):
        return  # somebody else decided meanwhile
    told = Move(
        chunk[0].from_book, chunk[0].to_book, {one.client: one.id for one in chunk}, who.user, epoch_of(connection)
    )
    move(connection, told)
    connection.execute(
        "UPDATE handover SET state = 'done', decided_by = %s, decided_at = %s, done_at = %s WHERE id = ANY(%s)",
        (who.user, now, now, ids),
    )
    asked = {"old": told.from_book, "new": told.to_book, "today": clock.today()}
    devices = [row[0] for row in connection.execute(_DESKS, asked)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO purge_receipt (handover_id, device_id, client_id, due_at) VALUES (%s, %s, %s, %s)",
            [(one.id, device, one.client, now + DUE) for one in chunk for device in devices],
        )
    for book, action in ((told.from_book, "clients_left"), (told.to_book, "clients_came")):
        detail = {"batch": chunk[0].id, "clients": [one.client for one in chunk], **told.counts}
        audit.append(connection, scope_id("book", book), who.user, who.device, action, detail)


def _asked(connection: Connection[Any], who: Caller, batch: str) -> list[_Asked]:
    found = connection.execute(
        f"SELECT h.id, h.client_id, h.from_book, h.to_book, h.asked_by, h.bank_load IS NOT NULL FROM handover h "
        f"JOIN book f ON f.id = h.from_book JOIN book t ON t.id = h.to_book "
        f"WHERE {_VISIBLE} AND h.batch = %(batch)s AND h.state = 'asked' ORDER BY h.id FOR UPDATE OF h",
        {**_sight(who), "batch": batch},
    )
    asked = [_Asked(*row) for row in found]
    if not asked:
        raise foreign()
    return asked


def _teams(connection: Connection[Any], books: Iterable[str]) -> dict[str, str]:
    return dict(connection.execute("SELECT id, team_id FROM book WHERE id = ANY(%s)", (list(books),)).fetchmany(1000))


def _may(who: Caller, teams: Iterable[str]) -> bool:
    return who.role == "administrator" or (who.role == "lead" and who.team in teams)


def _sight(who: Caller) -> dict[str, Any]:
    return {"all": who.role == "administrator", "lead": who.role == "lead", "team": who.team, "user": who.user}


def _books(one: _Asked) -> tuple[str, str]:
    return one.from_book, one.to_book


def _chunks(asked: list[_Asked]) -> Iterable[list[_Asked]]:
    return (asked[at : at + MOST_HANDED] for at in range(0, len(asked), MOST_HANDED))


def _said(at: datetime | date | None) -> str:
    return "" if at is None else at.isoformat()
