"""Desks: registered by their key, approved by somebody else, revoked, retired, wiped.

A lead looks after the desks of the team, an administrator after all of them; to anybody else they are not there. Nobody
approves their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.failures import Failed, foreign
from rmdesk.hub.gate import tokens
from rmdesk.hub.services import audit, orders
from rmdesk.hub.services.refreshing import first_refresh
from rmdesk.hub.services.standing import ACTIVE, ASKED, LIVE, RETIRED, REVOKED, WIPE, WIPED, revoke_tokens
from rmdesk.wire import signed
from rmdesk.wire.devices import DeviceRow, DeviceRows, Register, Registered, Wiped
from rmdesk.wire.people import proof

MOST_ASKED = 5  # of one person, waiting for approval

_ROWS = """
SELECT d.id, d.user_id, u.name, d.name, d.status, d.app, d.made_at, d.seen_at, d.lease_until,
       (SELECT count(*) FROM purge_receipt p WHERE p.device_id = d.id AND p.done_at IS NULL)
FROM device d JOIN hub_user u ON u.id = d.user_id
WHERE d.user_id = %(user)s OR %(all)s OR (%(lead)s AND u.team_id = %(team)s)
ORDER BY u.name, d.made_at DESC, d.id LIMIT 5000
"""
_ONE = """
SELECT d.id, d.user_id, u.role, coalesce(u.team_id, ''), d.status, coalesce(d."order", '') FROM device d
JOIN hub_user u ON u.id = d.user_id WHERE d.id = %s FOR UPDATE OF d
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk and whose it is."""

    id: str
    user: str
    role: str
    team: str
    status: str
    order: str


def register(hub: Hub, told: Register) -> Registered:
    """Take in a desk of somebody who has just signed in; the same desk again gets a fresh refresh token.

    401 when the sign-in or the proof does not hold, 404 for a desk of somebody else, 403 for one that was shut out.
    """
    now, mint = clock.now(), hub.gate.mint
    entered = mint.read("enter", told.enter, now)
    key = bytes.fromhex(told.public_key)
    message = proof("register", told.nonce, told.device, told.enter)
    if entered is None or not mint.is_nonce(told.nonce, now) or not tokens.is_signed(key, told.signature, message):
        raise Failed(401, "sign_in")
    user = entered["user"]
    with hub.database.transaction([hub.scope]) as connection:
        active = connection.execute("SELECT active FROM hub_user WHERE id = %s FOR UPDATE", (user,)).fetchone()
        if active is None or not active[0]:
            raise Failed(401, "sign_in")
        row = connection.execute(
            "SELECT user_id, public_key, status FROM device WHERE id = %s FOR UPDATE", (told.device,)
        ).fetchone()
        if row is None:
            status = _add(connection, hub, told, user, key, now)
            audit.append(
                connection, hub.scope, user, told.device, "device_asked", {} if status == ASKED else {"unasked": 1}
            )
        else:
            status = row[2]
            if row[0] != user or bytes(row[1] or b"") != key:
                raise foreign()
            if status not in LIVE:
                raise Failed(403, "revoked")
            revoke_tokens(connection, told.device, now)
        refresh = first_refresh(connection, user, told.device, now)
    return Registered(told.device, status, refresh)


def rows(hub: Hub, who: Caller) -> DeviceRows:
    """One's own desks; a lead's also those of the team, an administrator's all."""
    asked = {
        "user": who.user, "team": who.team, "lead": who.role == "lead", "all": who.role == "administrator",
    }  # fmt: skip
    with hub.database.transaction(reading=True) as connection:
        found = list(connection.execute(_ROWS, asked))
    return DeviceRows(
        [
            DeviceRow(id_, user, name, desk, status, app, _said(made), _said(seen), _said(lease), purges)
            for id_, user, name, desk, status, app, made, seen, lease, purges in found
        ]
    )


def approve(hub: Hub, who: Caller, device: str) -> DeviceRows:
    """Let a desk in; 422 when its owner has too many already."""
    with hub.database.transaction([hub.scope]) as connection:
        desk = _looked_after(connection, who, device)
        if desk.user == who.user or desk.status not in LIVE:
            raise Failed(422, "not_approvable")
        connection.execute("SELECT id FROM hub_user WHERE id = %s FOR UPDATE", (desk.user,))
        counted = connection.execute(
            "SELECT count(*) FROM device WHERE user_id = %s AND status = %s AND id <> %s", (desk.user, ACTIVE, device)
        ).fetchone()
        if counted is not None and counted[0] >= hub.settings.most_devices:
            raise Failed(422, "too_many_devices")
        if desk.status == ASKED:
            connection.execute(
                "UPDATE device SET status = %s, approved_by = %s, approved_at = %s WHERE id = %s",
                (ACTIVE, who.user, clock.now(), device),
            )
            _note(connection, hub, who, "device_approved", desk)
    return rows(hub, who)


def revoke(hub: Hub, who: Caller, device: str) -> DeviceRows:
    """Shut a desk out: what it has stays on it. One's own, too: a laptop was left somewhere."""
    _end(hub, who, device, REVOKED, own=True)
    return rows(hub, who)


def wipe(hub: Hub, who: Caller, device: str) -> DeviceRows:
    """Order a desk to remove its data at its next contact, whatever it has not handed in."""
    _end(hub, who, device, WIPE)
    return rows(hub, who)


def retire(hub: Hub, who: Caller, device: str) -> DeviceRows:
    """Let a desk hand in its work, and then remove its data."""
    _end(hub, who, device, RETIRED)
    return rows(hub, who)


def wiped(hub: Hub, device: str, told: Wiped) -> None:
    """A desk says that it is empty; 404 unless it was ordered so and knows the order's code, once."""
    with hub.database.transaction([hub.scope]) as connection:
        row = connection.execute(_ONE, (device,)).fetchone()
        desk = Desk(*row) if row is not None else None
        if desk is None or desk.status not in (WIPE, RETIRED) or _code(hub, desk) != told.code:
            raise foreign()
        now = clock.now()
        connection.execute('UPDATE device SET status = %s, "order" = NULL WHERE id = %s', (WIPED, device))
        connection.execute(
            "UPDATE purge_receipt SET done_at = %s, counts = '{}' WHERE device_id = %s AND done_at IS NULL",
            (now, device),
        )
        revoke_tokens(connection, device, now)
        counts = {name: count for name, count in told.counts.items() if name.isidentifier() and len(name) < 40}
        audit.append(connection, hub.scope, desk.user, device, "device_wiped", {"counts": counts})


def _end(hub: Hub, who: Caller, device: str, status: str, *, own: bool = False) -> None:
    with hub.database.transaction([hub.scope]) as connection:
        desk = _looked_after(connection, who, device, own=own)
        now = clock.now()
        if desk.status in (WIPED, status) or (desk.status == WIPE and status != WIPE):
            return
        order = None
        if status in (WIPE, RETIRED):
            kind = orders.WIPE if status == WIPE else orders.RETIRE
            order = orders.wipe(hub.signer, hub.id, device, now, kind)
        connection.execute('UPDATE device SET status = %s, "order" = %s WHERE id = %s', (status, order, device))
        if status == REVOKED:
            revoke_tokens(connection, device, now)
        _note(connection, hub, who, f"device_{'wipe' if status == WIPE else status}", desk)


def _looked_after(connection: Connection[Any], who: Caller, device: str, *, own: bool = False) -> Desk:
    row = connection.execute(_ONE, (device,)).fetchone()
    if row is None:
        raise foreign()
    desk = Desk(*row)
    lead = who.role == "lead" and desk.team == who.team and desk.role != "administrator"
    if who.role == "administrator" or lead or (own and desk.user == who.user):
        return desk
    raise foreign()


def _add(connection: Connection[Any], hub: Hub, told: Register, user: str, key: bytes, now: datetime) -> str:
    """A new desk; gives how it stands."""
    counted = connection.execute(
        "SELECT count(*) FROM device WHERE user_id = %s AND status = %s", (user, ASKED)
    ).fetchone()
    if counted is not None and counted[0] >= MOST_ASKED:
        raise Failed(422, "too_many_devices")
    status = ACTIVE if hub.settings.unasked_devices else ASKED
    connection.execute(
        "INSERT INTO device (id, user_id, name, public_key, status, app, made_at) VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (told.device, user, told.name, key, status, told.app, now),
    )
    return status


def _code(hub: Hub, desk: Desk) -> str | None:
    kind = orders.WIPE if desk.status == WIPE else orders.RETIRE
    told = signed.opened(desk.order, kind, hub.signer.public)
    return None if told is None else str(told.get("code"))


def _note(connection: Connection[Any], hub: Hub, who: Caller, action: str, desk: Desk) -> None:
    audit.append(connection, hub.scope, who.user, who.device, action, {"device": desk.id, "user": desk.user})


def _said(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")
