"""What desks removed after a client left them."""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from rmdesk.base import clock
from rmdesk.hub.core import Caller, Hub
from rmdesk.hub.failures import Failed, foreign
from rmdesk.hub.services.desks import desk
from rmdesk.wire.blobs import Receipt

MOST_COUNTS = 100
KNOWN = """
SELECT 1 FROM handover h JOIN scope_exit e ON e.handover_id = h.id AND e.client_id = h.client_id
WHERE h.id = %s AND h.client_id = %s LIMIT 1
"""
TAKEN = """
INSERT INTO purge_receipt (handover_id, device_id, client_id, due_at, done_at, counts) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (handover_id, device_id) DO UPDATE SET done_at = excluded.done_at, counts = excluded.counts
WHERE purge_receipt.done_at IS NULL
"""


def take(hub: Hub, who: Caller, told: Receipt) -> None:
    """Put a receipt on record; a second one of the same desk changes nothing. 404 for what the desk never followed."""
    if len(told.counts) > MOST_COUNTS or any("\0" in name or abs(n) > 1 << 62 for name, n in told.counts.items()):
        raise Failed(422, "message", field="counts")

    def work(connection: Connection[Any]) -> None:
        desk(connection, who, told.device)
        if not _concerned(hub, connection, who, told):
            raise foreign()
        now = clock.now()
        counts = Jsonb(told.counts)
        connection.execute(TAKEN, (told.handover, told.device, told.client, now, now, counts))

    hub.database.run(work)


def _concerned(hub: Hub, connection: Connection[Any], who: Caller, told: Receipt) -> bool:
    """Whether the receipt was asked of this desk, or the client left a scope that the asker follows."""
    from rmdesk.hub.services import scopes

    row = connection.execute(
        "SELECT 1 FROM purge_receipt WHERE handover_id = %s AND device_id = %s AND client_id = %s",
        (told.handover, told.device, told.client),
    ).fetchone()
    if row is not None:
        return True
    hub.database.enter(connection, scopes.grants(connection, who))
    return connection.execute(KNOWN, (told.handover, told.client)).fetchone() is not None
