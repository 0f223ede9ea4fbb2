"""Reads the audit log, and looks whether anybody tampered with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rmdesk.services.audit import chain
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.chain import End, Entry, Verdict
from rmdesk.services.store import witness
from rmdesk.services.store.reads import Reads

_ALL = "SELECT seq, at, who, act, entity, entity_id, facts, prev, hash FROM audit_entry ORDER BY seq"
_TRIMMED = "SELECT facts FROM audit_entry WHERE act = ? ORDER BY seq DESC LIMIT 1"


def entries(reads: Reads) -> Iterator[Entry]:
    """All entries, oldest first, as they are hashed."""
    for page in reads.pages(_ALL):
        yield from (Entry(*row) for row in page)


def trimmed(reads: Reads) -> End | None:
    """The last entry that was removed because its time was over; None: all are still there."""
    told = reads.value(_TRIMMED, (Act.TRIM.value,))
    try:
        facts = json.loads(told or "{}")
        return End(int(facts["upto"]), str(facts["hash"]))
    except (ValueError, KeyError, TypeError):
        return None


def verify(reads: Reads, end: End | None) -> Verdict:
    """Look at every entry; `end` is how the log ended as it is kept outside the file (`end_of`)."""
    return chain.verify(entries(reads), end, trimmed(reads))


def end_of(folder: Path, key: bytes) -> End | None:
    """How the log of this profile ended, as it is kept beside the data file; None when nobody knows."""
    kept = witness.kept(folder, key)
    return None if kept is None else End(*kept)
