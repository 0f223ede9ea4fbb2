"""What the hub keeps aside of late edits: for whoever keeps the hub, when somebody asks what became of their words."""

from __future__ import annotations

from typing import Any, NamedTuple

from rmdesk.hub.core import Hub
from rmdesk.wire.ids import scope_id

_KEPT = """
SELECT q.scope_id, q.id, q.item ->> 'type', q.item ->> 'id', coalesce(u.name, q.user_id), q.at, q.reason, q.item
FROM quarantine q LEFT JOIN hub_user u ON u.id = q.user_id WHERE q.scope_id = ANY(%s) ORDER BY q.at DESC LIMIT 2000
"""


class Kept(NamedTuple):
    """An edit that came too late. `reason`: handed_over (its new manager sees it) or grace_over (nobody does)."""

    scope: str
    id: str
    type: str
    record: str
    by: str
    at: str
    reason: str
    item: Any


def kept(hub: Hub) -> list[Kept]:
    """All of them, the newest first."""
    with hub.database.transaction(reading=True) as connection:
        books = [scope_id("book", row[0]) for row in connection.execute("SELECT id FROM book")]
        hub.database.enter(connection, books)
        found = connection.execute(_KEPT, (books,))
        return [
            Kept(scope, key, kind, record, by, at.isoformat(), reason, item)
            for scope, key, kind, record, by, at, reason, item in found
        ]
