"""The audit logs of desks, by number and hash: whoever rewrites one at a desk, its end and all, is found out here.

What a desk told once is kept for good. What does not go with it is put on record in the hub's own audit, once for each
kind of break and each line of a log; a restore from a backup begins a new line, and is put on record too.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller
from rmdesk.hub.services import audit
from rmdesk.wire.ids import scope_id
from rmdesk.wire.messages import MOST_HEADS, Head, Log

BROKEN, RESTORED = "desk_log_broken", "desk_log_restored"
CHANGED, CUT, MISSING = "changed", "cut", "missing"

_HERE = "scope_id = %s AND device_id = %s AND line = %s"
_LAST = f"SELECT seq, hash FROM desk_log WHERE {_HERE} ORDER BY seq DESC LIMIT %s"
_KNOWN = f"SELECT seq, hash FROM desk_log WHERE {_HERE} AND seq = ANY(%s)"
_OTHER = "SELECT 1 FROM desk_log WHERE scope_id = %s AND device_id = %s LIMIT 1"
_TAKE = """
INSERT INTO desk_log (scope_id, device_id, line, seq, hash, at)
SELECT %s, %s, %s, seq, hash, %s FROM unnest(%s::bigint[], %s::text[]) AS told (seq, hash) ON CONFLICT DO NOTHING
"""
_TOLD = "SELECT 1 FROM audit WHERE scope_id = %s AND device_id = %s AND action = %s AND detail @> %s::jsonb LIMIT 1"
_BREAKS = """
SELECT at, user_id, device_id, action, coalesce((detail ->> 'seq')::bigint, 0), coalesce(detail ->> 'why', '')
FROM audit WHERE scope_id = %s AND action = ANY(%s) ORDER BY no
"""


class Break(NamedTuple):
    """A break in a desk's log, or its restore, as it stands in the hub's audit. `why`: changed, cut, missing."""

    at: Any
    user: str
    device: str
    action: str
    seq: int
    why: str


def take(connection: Connection[Any], who: Caller, log: Log | None) -> list[Head] | None:
    """Keep what a desk tells of its log; the transaction works in the caller's own scope. None for an older desk, and
    where all is as the desk says and nothing is new.

    Gives the last entry the hub has; where the log does not go with that, the newest ones up to it, in order.
    """
    if log is None:
        return None
    here = (scope_id("own", who.user), who.device, log.line)
    last = next(iter(_heads(connection, here, 1)), None)
    if last is None and log.heads and connection.execute(_OTHER, here[:2]).fetchone():
        _record(connection, who, RESTORED, {"line": log.line, "seq": log.heads[0].seq})
    found = _break(connection, here, log, last)
    if found is not None:
        _record(connection, who, BROKEN, {"line": log.line, "why": found[0]}, seq=found[1])
    if found is not None and found[0] != MISSING:
        return _heads(connection, here, MOST_HEADS)
    if last is not None and not log.heads and found is None and log.last == log.since == last.seq:
        return None
    if last is None or not log.heads or log.heads[0].seq <= last.seq or found is not None:
        fresh = [one for one in log.heads if last is None or one.seq > last.seq]
        if fresh:
            connection.execute(_TAKE, (*here, clock.now(), [one.seq for one in fresh], [one.hash for one in fresh]))
    return _heads(connection, here, 1)


def breaks(connection: Connection[Any], scope: str) -> list[Break]:
    """What was put on record on the logs of the desks in an own scope; the transaction works in it."""
    return [Break(*row) for row in connection.execute(_BREAKS, (scope, [BROKEN, RESTORED]))]


def _break(
    connection: Connection[Any], here: tuple[str, str, str], log: Log, last: Head | None
) -> tuple[str, int] | None:
    """What does not go on from what the hub has, and at which entry."""
    known = dict(connection.execute(_KNOWN, (*here, [one.seq for one in log.heads])).fetchall())
    for one in log.heads:
        if known.get(one.seq, one.hash) != one.hash:
            return CHANGED, one.seq
    if last is not None and log.last < last.seq:
        return CUT, log.last + 1
    expected = log.heads[0].seq if log.heads else 0
    if last is not None and expected > last.seq and log.since <= last.seq:
        return MISSING, last.seq  # a hub that went back hears of the rest in the next round
    for one in log.heads:
        if one.seq != expected:
            return MISSING, expected
        expected += 1
    return None


def _heads(connection: Connection[Any], here: tuple[str, str, str], most: int) -> list[Head]:
    rows = connection.execute(_LAST, (*here, most)).fetchall()
    return [Head(*row) for row in reversed(rows)]


def _record(connection: Connection[Any], who: Caller, action: str, told: dict[str, Any], **more: int) -> None:
    """Once: a desk that is broken greets every quarter of an hour."""
    own = scope_id("own", who.user)
    if connection.execute(_TOLD, (own, who.device, action, msgspec.json.encode(told).decode())).fetchone() is None:
        audit.append(connection, own, who.user, who.device, action, told | more)
