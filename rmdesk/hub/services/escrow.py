"""Data keys of desks, sealed to the bank's recovery key: taken in, and given out to two administrators together.

The hub cannot open them; what it gives is opened offline by whoever holds the private half (`rmdesk escrow open`). No
endpoint gives them: that is done at the hub's console, and is in its audit with both names and the reason.
"""

from __future__ import annotations

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.failures import Failed
from rmdesk.hub.services import audit, desks, passwords
from rmdesk.wire.blobs import Escrow

_USER = "SELECT id, role, active, password_hash FROM hub_user WHERE login = %s"
MOST_REASON = 200


def keep(hub: Hub, who: Caller, given: Escrow) -> None:
    """Keep the box of the desk that asks, in place of an older one; 403 for another desk, 422 for another key."""
    box = bytes.fromhex(given.key + given.sealed)
    with hub.database.transaction([hub.scope]) as connection:
        desks.desk(connection, who, given.device)
        if given.key != hub.settings.escrow_key:
            raise Failed(422, "escrow_key")
        connection.execute("UPDATE device SET escrow = %s WHERE id = %s", (box, given.device))
        audit.append(connection, hub.scope, who.user, who.device, "escrow_kept", {"key": given.key[:16]})


def taken(hub: Hub, device: str, first: tuple[str, str], second: tuple[str, str], reason: str) -> Escrow:
    """The box of a desk, for two administrators (login and password each) and a reason; both are put on record.

    Refused when they are not two, not administrators, or a password is wrong (which is put on record too), and when
    the desk has no box.
    """
    words = reason.strip()[:MOST_REASON]
    if not words or first[0].casefold() == second[0].casefold():
        raise Refused(
            N_("Two administrators and a reason are needed."),
            do=N_("Let a colleague sign in too."),
            code="dual_control",
        )
    ids = [_administrator(hub, *one) for one in (first, second)]
    with hub.database.transaction([hub.scope]) as connection:
        row = connection.execute("SELECT escrow FROM device WHERE id = %s", (device,)).fetchone()
        if row is None or row[0] is None:
            raise Refused(
                N_("The hub has no sealed key of this desk."),
                do=N_("See rmdesk hub device list; a desk hands it in once the bank has set a recovery key."),
                code="no_escrow",
            )
        audit.append(
            connection, hub.scope, ids[0], "", "escrow_taken", {"device": device, "with": ids[1], "reason": words}
        )
    box = bytes(row[0])
    return Escrow(device, box[:32].hex(), box[32:].hex())


def _administrator(hub: Hub, login: str, password: str) -> str:
    with hub.database.transaction([hub.scope]) as connection:
        row = connection.execute(_USER, (login.casefold(),)).fetchone()
        may = row is not None and row[1] == "administrator" and row[2]
        if passwords.is_right(row[3] if may and row is not None else None, password) and row is not None:
            return str(row[0])
        audit.append(connection, hub.scope, "", "", "escrow_refused", {"user": str(row[0]) if row is not None else ""})
    raise Refused(
        N_("{login} is no administrator of this hub, or the password is wrong."),
        do=N_("Both need a password kept at this hub: rmdesk hub user."),
        code="sign_in",
        login=login,
    )
