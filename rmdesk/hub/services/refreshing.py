"""Access for desks: each refresh token is shown with a fresh proof of the desk's key and answered by the next one.

An answer may be lost: the same token may be shown again by the same key, for ten minutes or until the next one was
used, and gets the same answer. A genuine token without the proof of its desk's key was stolen: that desk is shut out.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from uuid import uuid4

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Hub
from rmdesk.hub.failures import Failed
from rmdesk.hub.gate import tokens
from rmdesk.hub.services import audit, standing
from rmdesk.wire.devices import Refresh, Tokens
from rmdesk.wire.people import proof

_DEVICE = """
SELECT d.public_key, d.status, coalesce(d."order", ''), u.active, u.id
FROM device d JOIN hub_user u ON u.id = d.user_id WHERE d.id = %s FOR UPDATE OF d
"""
_TOKEN = """
SELECT t.device_id, t.user_id, t.family, t.until, t.used_at, t.revoked_at,
       coalesce((SELECT n.used_at IS NOT NULL FROM refresh_token n WHERE n.hash = t.next_hash), false)
FROM refresh_token t WHERE t.hash = %s FOR UPDATE OF t
"""
_ADD = """
INSERT INTO refresh_token (hash, user_id, device_id, family, made_at, until)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


def first_refresh(connection: Connection[Any], user: str, device: str, now: datetime) -> str:
    """The first refresh token of a desk that was just registered."""
    made = tokens.new_refresh()
    connection.execute(_ADD, (tokens.hash_of(made), user, device, uuid4().hex, now, now + tokens.REFRESH))
    return made


def refresh(hub: Hub, told: Refresh) -> Tokens:
    """The next tokens; 401 when what was shown is of no use, 403 for a desk that may not ask, or must be wiped."""
    stolen = ""
    try:
        with hub.database.transaction([hub.scope]) as connection:
            proven, device = _proven(connection, hub, told, "refresh")
            token = connection.execute(_TOKEN, (tokens.hash_of(told.refresh),)).fetchone()
            if token is not None and token[5] is None and (not proven or token[0] != told.device):
                stolen = token[0]  # acted upon below: this transaction has locks of another desk
                raise Failed(401, "token")
            if not proven or device is None:
                raise Failed(401, "token")
            # Who holds the key of a desk that is to be wiped hears so, whatever became of its tokens.
            standing.check(device[1], device[2], active=device[3], path=standing.HANDS_IN[0])
            return _rotated(connection, hub, told, token)
    except Failed:
        if stolen:
            _shut_out(hub, stolen)
        raise


def logout(hub: Hub, told: Refresh) -> None:
    """Forget what a desk asks with; whatever was shown, the answer is the same."""
    with hub.database.transaction([hub.scope]) as connection:
        proven, device = _proven(connection, hub, told, "logout")
        if proven and device is not None:
            standing.revoke_tokens(connection, told.device, clock.now())
            audit.append(connection, hub.scope, device[4], told.device, "signed_out", {})


def _proven(connection: Connection[Any], hub: Hub, told: Refresh, purpose: str) -> tuple[bool, Any]:
    """Whether the desk's key is there now, and the desk; 401 for a nonce that is over, which proves nothing."""
    if not hub.gate.mint.is_nonce(told.nonce, clock.now()):
        raise Failed(401, "nonce")
    device = connection.execute(_DEVICE, (told.device,)).fetchone()
    message = proof(purpose, told.nonce, told.device, told.refresh)
    return device is not None and tokens.is_signed(device[0], told.signature, message), device


def _rotated(connection: Connection[Any], hub: Hub, told: Refresh, token: Any) -> Tokens:
    now = clock.now()
    if token is None:
        raise Failed(401, "token")
    device, user, family, until, used_at, revoked_at, next_used = token
    if revoked_at is not None or until < now:
        raise Failed(401, "token")
    if used_at is not None and next_used and now - used_at > tokens.SAME_ANSWER:
        raise Failed(401, "token")
    following = hub.gate.mint.following(told.refresh)
    if used_at is None:
        connection.execute(_ADD, (tokens.hash_of(following), user, device, family, now, now + tokens.REFRESH))
        connection.execute(
            "UPDATE refresh_token SET used_at = %s, next_hash = %s WHERE hash = %s",
            (now, tokens.hash_of(following), tokens.hash_of(told.refresh)),
        )
        connection.execute("DELETE FROM refresh_token WHERE device_id = %s AND until < %s", (device, now))
    salt = secrets.token_hex(8)  # two of one second are two
    access = hub.gate.mint.word("access", now + tokens.ACCESS, user=user, device=device, salt=salt)
    return Tokens(access, following, int(tokens.ACCESS.total_seconds()))


def _shut_out(hub: Hub, device: str) -> None:
    with hub.database.transaction([hub.scope]) as connection:
        row = connection.execute("SELECT user_id FROM device WHERE id = %s FOR UPDATE", (device,)).fetchone()
        if row is not None:
            standing.shut_out(connection, hub, row[0], device, "refresh token used with another key")
