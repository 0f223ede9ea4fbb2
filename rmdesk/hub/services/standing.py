"""What a desk may do now, as its row and its user's say: nothing is remembered from one request to the next."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.failures import Failed
from rmdesk.hub.services import audit

ASKED, ACTIVE, REVOKED, WIPE, WIPED, RETIRED = "asked", "active", "revoked", "wipe", "wiped", "retired"
LIVE = (ASKED, ACTIVE)
# What a retired desk may still do before it removes its data: hand in its work.
HANDS_IN = ("/v1/hello", "/v1/sync/push", "/v1/blobs/")

_WHO = """
SELECT u.role, coalesce(u.team_id, ''), u.active, d.status, coalesce(d."order", '')
FROM device d JOIN hub_user u ON u.id = d.user_id WHERE d.id = %s AND u.id = %s
"""


def caller(hub: Hub, user: str, device: str, path: str) -> Caller:
    """The person at a desk, if both may ask for this."""
    with hub.database.transaction(reading=True) as connection:
        row = connection.execute(_WHO, (device, user)).fetchone()
    if row is None:
        raise Failed(401, "token")
    role, team, active, status, order = row
    check(status, order, active=active, path=path)
    return Caller(user, device, role, team)


def check(status: str, order: str, *, active: bool, path: str = "") -> None:
    """Refuse a desk that may not ask: 403 with what it must do, or why."""
    if status == WIPE:
        raise Failed(403, "wipe", order=order)
    if status in (REVOKED, WIPED) or not active:
        raise Failed(403, "revoked")
    if status == ASKED:
        raise Failed(403, "waiting")
    if status == RETIRED and not any(path.startswith(begin) for begin in HANDS_IN):
        raise Failed(403, "retired", order=order)


def revoke_tokens(connection: Connection[Any], device: str, now: Any) -> None:
    """Nothing this desk was given to ask for access works any more."""
    connection.execute(
        "UPDATE refresh_token SET revoked_at = %s WHERE device_id = %s AND revoked_at IS NULL", (now, device)
    )


def shut_out(connection: Connection[Any], hub: Hub, who: str, device: str, why: str) -> None:
    """Revoke a desk from within another transaction, which works in the hub's scope."""
    connection.execute(
        "UPDATE device SET status = %s WHERE id = %s AND status = ANY(%s)", (REVOKED, device, [*LIVE, RETIRED])
    )
    revoke_tokens(connection, device, clock.now())
    audit.append(connection, hub.scope, who, device, "device_revoked", {"why": why})
