"""What this desk may read but not write once it follows a hub: colleagues' books, and what the bank tells.

A lead reads the books of the team; of their records a lead writes reviews, addenda and what the registry says.
"""

from __future__ import annotations

import json

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.store.reads import Reads

BANK = "bank facts come from the hub"  # what the triggers of a joined desk say (services/sync/tracking)
_READS_ON = """SELECT 1 FROM sync_control c, sync_scope s
WHERE c.joined = 1 AND c.applying = 0 AND s.kind = 'book' AND s."write" = 0 LIMIT 1"""
_TOUCHED = """
SELECT r.entity, r.dirty, r.deleted, coalesce(o.name, s.label) FROM sync_record r
LEFT JOIN sync_client c ON c.client_id = r.client_id
JOIN sync_scope s ON s.kind = 'book' AND s."write" = 0
    AND s.id = CASE WHEN r.scope = '' THEN 'book:' || c.book ELSE r.scope END
LEFT JOIN colleague o ON o.id = s.owner
WHERE r.state = 'dirty' AND r.state <> 'clean' AND r.edited_at >= ?
"""


def began(reads: Reads) -> str | None:
    """This moment as the triggers write it, on a desk that follows a hub; else None."""
    told = reads.value("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM sync_control WHERE joined = 1")
    return None if told is None else str(told)


def check(reads: Reads, since: str | None) -> None:
    """Refuse a transaction that writes into a colleague's book; asked before every commit. `since`: when it `began`."""
    if since is None or not reads.value(_READS_ON):
        return
    for entity, dirty, deleted, owner in reads.rows(_TOUCHED, (since,)):
        if not _allowed(entity, set(json.loads(dirty)), deleted=deleted is not None):
            raise Refused(
                N_("{owner} keeps this client: here you can read, not write."),
                do=N_("Write a review or an addendum instead."),
                code="read_only",
                owner=owner or "",
            )


def of_the_bank(error: BaseException) -> Refused | None:
    """The refusal behind a driver's error, if the triggers kept what the bank tells from being written."""
    if BANK not in str(error):
        return None
    return Refused(
        N_("This comes from the bank and is changed there."), do=N_("Tell the bank's own system."), code="bank_only"
    )


def _allowed(entity: str, fields: set[str], *, deleted: bool) -> bool:
    from rmdesk.wire.registry import BY_NAME, Home

    kind = BY_NAME[entity]
    if kind.home is not Home.BOOK or kind.lead or kind.name == "addendum":
        return True
    told = [kind.field(name) for name in fields]
    return not deleted and all(one is not None and (one.lead or one.both) for one in told)
