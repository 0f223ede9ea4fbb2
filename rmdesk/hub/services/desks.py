"""The desk that asks: whether it may, where it stands, and which version of the wire it speaks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.failures import Failed
from rmdesk.hub.services import desk_logs, orders, scopes
from rmdesk.hub.services.standing import ACTIVE, RETIRED
from rmdesk.wire.messages import SCHEMA, Colleague, Hello, Scope, Welcome

OLDEST = SCHEMA - 2  # still told everything
OLDEST_PUSH = SCHEMA - 3  # may still hand in its work
KNOWN = """
SELECT d.push_no, d.status, h.epoch FROM device d, hub_state h WHERE d.id = %s AND d.user_id = %s
"""
LATE = "SELECT 1 FROM purge_receipt WHERE device_id = %s AND done_at IS NULL AND due_at < %s LIMIT 1"
HEADS = "SELECT id, head FROM scope WHERE id = ANY(%s) AND head > 0"
GREETED = """
UPDATE device SET speaks = %s, app = %s, offset_s = %s, seen_at = %s, lease_until = %s WHERE id = %s
"""
COLLEAGUES = """
SELECT u.id, u.name, u.role, coalesce(min(b.id), ''), coalesce(u.team_id, '') FROM hub_user u
LEFT JOIN book b ON b.owner_id = u.id
WHERE u.id = %s OR (u.team_id = %s AND u.active) GROUP BY u.id ORDER BY u.id
"""
NEWEST = 1 << 20  # what a desk of the future may say it speaks
LONGEST_OFFSET_S = 1 << 30


class Desk(NamedTuple):
    """The last batch the hub has of a desk, and the hub's epoch."""

    push_no: int
    epoch: int


def desk(connection: Connection[Any], who: Caller, device: str, epoch: int | None = None) -> Desk:
    """The desk that asks; fails with 403 when it is not the caller's or may not, 409 when the hub went back in time."""
    row = connection.execute(KNOWN, (device, who.user)).fetchone() if device == who.device else None
    if row is None or row[1] not in (ACTIVE, RETIRED):  # what a retired one may do, standing.py tells
        raise Failed(403, "device")
    if epoch is not None and epoch != row[2]:
        raise Failed(409, "epoch", epoch=row[2])
    return Desk(row[0], row[2])


def check_schema(schema: int) -> None:
    """Fails with 426 when a desk is too old to be told anything."""
    if schema < OLDEST:
        raise Failed(426, "too_old")


def lease(hub: Hub, connection: Connection[Any], who: Caller) -> tuple[str, datetime]:
    """How long the desk may be worked at without the hub, signed; and until when. Shorter while it owes a removal."""
    late = connection.execute(LATE, (who.device, clock.now())).fetchone()
    days = hub.settings.lease_days if late is None else min(orders.LATE_DAYS, hub.settings.lease_days)
    now = clock.now()
    may = (hub.settings.exports, hub.settings.export_rows)
    return orders.lease(hub.signer, hub.id, who.user, who.device, days, now, may), now + timedelta(days=days)


def hello(hub: Hub, who: Caller, told: Hello) -> Welcome:
    """Greets a desk: who it is, what it may follow, and when to come again."""
    if told.schema < OLDEST_PUSH:
        raise Failed(426, "too_old")

    def greet(connection: Connection[Any]) -> Welcome:
        known = desk(connection, who, told.device)
        signed, until = lease(hub, connection, who)
        now = clock.now()
        connection.execute(
            GREETED, (min(told.schema, NEWEST), _plain(told.app), _offset(told.clock, now), now, until, told.device)
        )
        people = [Colleague(*row) for row in connection.execute(COLLEAGUES, (who.user, who.team))]
        granted = scopes.grants(connection, who)
        hub.database.enter(connection, granted)
        welcome = Welcome(
            hub=hub.id,
            epoch=known.epoch,
            schema=SCHEMA,
            oldest=max(OLDEST, 1),
            server_time=now.isoformat(timespec="milliseconds"),
            user=next(one for one in people if one.id == who.user),
            scopes=[Scope(one.id, one.kind, one.label, one.owner, one.write) for one in granted.values()],
            colleagues=people,
            push_no=known.push_no,
            lease=signed,
            next_after=next_after(hub.settings.round_s, told.device),
            push_only=told.schema < OLDEST,
            escrow=orders.escrow(hub.signer, hub.id, hub.settings.escrow_key),
            heads=dict(connection.execute(HEADS, (list(granted),)).fetchall()),
            log=desk_logs.take(connection, who, told.log),
        )
        if told.seen and told.seen == welcome.mark():
            welcome.scopes, welcome.colleagues, welcome.same = [], [], True
        return welcome

    return hub.database.run(greet)


def next_after(round_s: int, device: str) -> int:
    """When a desk comes again: each at its own moment within a fifth around the usual time."""
    return round(round_s * (0.8 + 0.4 * int(device[-8:], 16) / (1 << 32)))


def _plain(told: str) -> str:
    return told[:80].replace("\0", "")


def _offset(told: str, now: datetime) -> int:
    try:
        theirs = datetime.fromisoformat(told)
        seconds = (theirs - now).total_seconds() if theirs.tzinfo else 0
    except (ValueError, OverflowError):
        return 0
    return round(max(-LONGEST_OFFSET_S, min(LONGEST_OFFSET_S, seconds)))
