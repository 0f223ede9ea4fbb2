"""Clients of the bank who are on this desk, and in no book that it follows: taken in from a file before it joined.

Nobody tells the desk of them any more, and what is noted of them is taken by no hub. They are named, never kept
silently, and removed when the manager says so.
"""

from __future__ import annotations

from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, Origin
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync import state

_WHO = f"""
FROM client c JOIN sync_client k ON k.client_id = c.id
WHERE c.origin = '{Origin.BANK}' AND NOT EXISTS (SELECT 1 FROM sync_scope s WHERE s.id = 'bank:' || k.book)
"""
_UNLOADED = "SELECT 1 FROM sync_scope WHERE kind = 'bank' AND phase <> 'live'"


@record
class Stranger:
    """Such a client. `records`: what was noted of them here, and is on no other desk."""

    client: ClientId
    number: str
    name: str
    records: int


@record
class Strangers:
    """How many there are, and how many records hang on them."""

    clients: int = 0
    records: int = 0


def strangers(reads: Reads) -> tuple[Stranger, ...]:
    """All of them; none while the books are still being loaded."""
    if not _is_known(reads):
        return ()
    records = "SELECT count(*) FROM sync_record r WHERE r.client_id = c.id AND r.rev = 0 AND r.entity <> 'client'"
    sql = f"SELECT c.id, coalesce(c.number, ''), c.name, ({records}) {_WHO} ORDER BY c.name, c.id"
    return tuple(Stranger(ClientId(row[0]), *row[1:]) for page in reads.pages(sql) for row in page)


def count(reads: Reads) -> Strangers:
    """How many there are."""
    if not _is_known(reads):
        return Strangers()
    clients = int(reads.value(f"SELECT count(*) {_WHO}"))
    if not clients:
        return Strangers()
    sql = f"SELECT count(*) FROM sync_record WHERE rev = 0 AND entity <> 'client' AND client_id IN (SELECT c.id {_WHO})"
    return Strangers(clients, int(reads.value(sql)))


def _is_known(reads: Reads) -> bool:
    return bool(state.joined(reads) and state.reached(reads).at and not reads.value(_UNLOADED))
