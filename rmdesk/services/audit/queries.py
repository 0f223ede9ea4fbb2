"""Reads the audit log, and looks whether anybody tampered with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId
from rmdesk.services.audit import chain, words
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.chain import End, Entry, Verdict
from rmdesk.services.rulebook import book
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
    return chain.verify(entries(reads), end, trimmed(reads), at_the_hub(reads))


def at_the_hub(reads: Reads) -> tuple[End, ...] | None:
    """The last entry the hub has, and those before it where it found a difference; None: no hub said."""
    told = reads.value("SELECT value FROM sync_state WHERE name = 'log'")  # as services/sync/witnessing keeps it
    try:
        return None if told is None else tuple(End(int(seq), str(sign)) for seq, sign in json.loads(told)["heads"])
    except (ValueError, KeyError, TypeError):
        return None


def end_of(folder: Path, key: bytes) -> End | None:
    """How the log of this profile ended, as it is kept beside the data file; None when nobody knows."""
    kept = witness.kept(folder, key)
    return None if kept is None else End(*kept)


@record
class Wanted:
    """What of the log is asked for; empty and None: all."""

    act: str = ""
    client: ClientId | None = None
    since: date | None = None
    until: date | None = None


@record
class EntryRow:
    """One entry for a reader. `name`: the client's, where it is about one who is still here; the number of one who left
    may have gone to another.
    """

    seq: int
    at: datetime
    who: str
    act: str
    entity: str
    entity_id: str
    facts: dict[str, str | int]
    hash: str
    name: str

    @property
    def said(self) -> str:
        """What was done."""
        return words.act_said(self.act)

    @property
    def about(self) -> str:
        """What it was about: a client by name, else the kind of record; empty for the desk itself."""
        return self.name or f"{words.entity_said(self.entity)} {self.entity_id}".strip()

    @property
    def details(self) -> str:
        """The facts in one line."""
        return words.facts_said(self.facts)


_SHOWN = """
SELECT e.seq, e.at, e.who, e.act, e.entity, e.entity_id, e.facts, e.hash,
       CASE e.entity WHEN 'client' THEN (
           SELECT name FROM client WHERE id = CAST(e.entity_id AS INTEGER) AND NOT EXISTS (
           SELECT 1 FROM audit_entry g WHERE g.entity = 'client' AND g.entity_id = e.entity_id
           AND g.act IN ('purge', 'erase') AND g.seq >= e.seq)) END
FROM audit_entry e WHERE e.seq < :below AND (:act = '' OR e.act = :act)
  AND (:client = '' OR (e.entity = 'client' AND e.entity_id = :client))
  AND (:since = '' OR e.at >= :since) AND (:until = '' OR e.at < :until)
ORDER BY e.seq DESC LIMIT :most
"""


def shown(reads: Reads, wanted: Wanted, *, below: int = 1 << 60, most: int = 500) -> tuple[EntryRow, ...]:
    """The newest entries with a number under `below`, newest first, at most so many."""
    book("privacy")  # whoever shows entries names tables: read here, on the thread
    given = {
        "below": below,
        "act": wanted.act,
        "client": "" if wanted.client is None else str(wanted.client),
        "since": _edge(wanted.since),
        "until": _edge(wanted.until + timedelta(days=1) if wanted.until else None),
        "most": most,
    }
    return tuple(
        EntryRow(seq, datetime.fromisoformat(at), who, act, entity, key, json.loads(facts), digest, name or "")
        for seq, at, who, act, entity, key, facts, digest, name in reads.rows(_SHOWN, given)
    )


def _edge(day: date | None) -> str:
    """Midnight at the desk, as the file keeps instants."""
    if day is None:
        return ""
    at = datetime.combine(day, time.min).astimezone(UTC)
    return at.isoformat(timespec="milliseconds")
