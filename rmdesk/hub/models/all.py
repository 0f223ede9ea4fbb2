"""All tables of the hub in one place: whoever needs the whole schema imports this."""

from __future__ import annotations

from rmdesk.hub.models import moves, people, records
from rmdesk.hub.models.base import Table

__all__ = ["Table", "moves", "people", "records"]

metadata = Table.metadata
# Tables with rows of one scope: the database shows and takes only rows of the scopes a transaction works in.
BY_SCOPE = {
    "scope": "id",
    "record": "scope_id",
    "record_history": "scope_id",
    "scope_exit": "scope_id",
    "quarantine": "scope_id",
    "audit": "scope_id",
    "desk_log": "scope_id",
    "blob": "scope_id",
    "blob_part": "scope_id",
}
PARTED = ("record", "record_history")
