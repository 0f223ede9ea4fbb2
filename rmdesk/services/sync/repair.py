"""Comparing what desk and hub have, and mending the difference, record by record; what is unsent is never touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import log
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import applying, bank, contents, known, state
from rmdesk.services.sync.known import Known
from rmdesk.services.sync.naming import Names
from rmdesk.services.sync.tracking import key_of
from rmdesk.wire import merge
from rmdesk.wire.messages import Row
from rmdesk.wire.registry import BY_NAME, TYPES

# What a lead writes in books that are not theirs.
LEADS_MAY = ("review", "addendum", "gift_approval")

# What this desk has of a scope: records the hub knows, and rows of it that wait and are no records yet.
_HELD = """
SELECT wire_id, rev FROM sync_record WHERE scope = ?1 AND rev > 0 AND wire_id IS NOT NULL
UNION ALL SELECT w.wire_id, json_extract(w.row, '$.rev') FROM sync_waiting w
WHERE w.scope = ?1 AND NOT EXISTS (SELECT 1 FROM sync_record r WHERE r.wire_id = w.wire_id AND r.rev > 0)
"""

# First by the index alone, then the few that are found.
_GONE = """
WITH gone AS MATERIALIZED (
    SELECT r.entity_id FROM sync_record r
    WHERE r.scope = ?2 AND r.entity = ?1 AND {gone}
)
SELECT r.wire_id FROM gone JOIN sync_record r ON r.entity = ?1 AND r.entity_id = gone.entity_id WHERE r.state = 'clean'
"""


def digest(reads: Reads, scope: str) -> str:
    """The digest of what this desk has of a scope, as the hub adds up its own."""
    total = 0
    for page in reads.pages(_HELD, (scope,)):
        total += sum(merge.digest_of(wire, rev) for wire, rev in page)
    return str(total % (1 << 64))


def revisions(reads: Reads, scope: str) -> dict[str, int]:
    """The records this desk has of a scope, and their revisions."""
    return {wire: rev for page in reads.pages(_HELD, (scope,)) for wire, rev in page}


def orphans(reads: Reads, scope: str) -> list[str]:
    """Records that this desk should have, and whose rows are not in their tables."""
    found: list[str] = []
    for kind in TYPES:
        if kind.key == ("id",):
            key = f"CAST(r.entity_id AS {'INTEGER' if kind.name == 'client' else 'TEXT'})"
            gone = f"NOT EXISTS (SELECT 1 FROM {kind.name} t WHERE t.id = {key})"
        else:
            gone = f"r.entity_id NOT IN (SELECT {key_of(kind, 't')} FROM {kind.name} t)"
        rows = reads.rows(_GONE.format(gone=gone), (kind.name, scope))
        found += [str(row[0]) for row in rows]
    return found


@dataclass(frozen=True, slots=True)
class Repair:
    """Make these records of a scope as the hub has them (`rows`); those it does not have at all (`unknown`) are told
    to it anew. Records with something unsent stay as they are. Gives how many were mended. Cannot be undone.
    """

    label: ClassVar[str] = N_("Mend what differs from the hub")
    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()

    def apply(self, work: UnitOfWork) -> Done[int]:
        here = known.by_wire(work, [*(row.id for row in self.rows), *self.unknown])
        busy = {wire for wire, one in here.items() if one.held.waits or one.sent is not None}
        clean = [one for wire, one in here.items() if wire not in busy]
        for one in clean:
            one.held.rev = 0  # whatever it says: the hub's row is the one that counts
        known.save(work, clean)
        rows = [row for row in self.rows if row.id not in busy]
        gone = [row.id for row in rows if row.deleted]
        sql = "DELETE FROM sync_waiting WHERE wire_id = ?"
        work.bulk(sql, [(wire,) for wire in (*gone, *self.unknown)] or [("",)], topics={Topic.SYNC})
        applying.take_in(work, rows)
        offer(work, [one for one in clean if one.wire_id in self.unknown], {})
        mended = len(rows) + len(self.unknown)
        log.logger("sync").warning("%d records differed from the hub and were mended", mended)
        return Done(mended)


@dataclass(frozen=True, slots=True)
class Reoffer:
    """The hub went back to an older copy of itself: tell it again whatever it no longer has.

    `number`: of the last batch that this hub has heard from this device. `revs`: the live records of the scopes
    this desk follows and their revisions at the hub; `rows`: those of them that differ from what is here, as they
    are there. Cannot be undone. Gives how many records are told again.
    """

    label: ClassVar[str] = N_("Tell the restored hub what it lost")
    epoch: int
    number: int
    revs: Mapping[str, int]
    rows: tuple[Row, ...]

    def apply(self, work: UnitOfWork) -> Done[int]:
        begin_anew(work, self.number)
        state.put(work, "epoch", self.epoch)
        work.bulk("UPDATE sync_scope SET cursor = 0 WHERE phase = 'live'", topics={Topic.SYNC})
        sql = "UPDATE sync_scope SET phase = 'new', top = NULL, below = NULL WHERE phase = 'down'"
        work.bulk(sql, topics={Topic.SYNC})
        at_hub = {row.id: row for row in self.rows}
        lost = [
            one
            for one in known.where(work, f"rev > 0 OR state = '{known.HANDED}'")  # what was kept aside is gone, too
            if one.entity in BY_NAME and self.revs.get(str(one.wire_id)) != one.held.rev
        ]
        offer(work, lost, at_hub, late=True)
        state.put(work, "leaving", None)  # who left is told again, if the hub still knows of it
        bank.hub_went_back(work, self.revs)
        applying.take_in(work, [row for row in self.rows if not row.deleted])
        return Done(len(lost))


@dataclass(frozen=True, slots=True)
class BeginAnew:
    """This file is a restored copy: go on from the number that the hub knows. What is unsent stays unsent, cursors
    stay. Cannot be undone.
    """

    label: ClassVar[str] = N_("Go on from a restored copy")
    number: int

    def apply(self, work: UnitOfWork) -> Done[None]:
        begin_anew(work, self.number)
        return Done(None)


def begin_anew(work: UnitOfWork, number: int) -> None:
    """Forget the batch under way (its records stay dirty), and count from `number`.

    The device stays the same: a number is bound to the bytes it was first used for, so no answer to other bytes can
    be taken for one to these (docs/adr/0026).
    """
    state.put(work, "push_no", number)
    work.bulk("DELETE FROM sync_batch", topics={Topic.SYNC})
    work.bulk("UPDATE sync_record SET sent = NULL WHERE sent IS NOT NULL", topics=())


def offer(work: UnitOfWork, lost: list[Known], at_hub: Mapping[str, Row], *, late: bool = False) -> None:
    """Mark what the hub no longer has of these records as unsent, on the revisions known before.

    `late`: also what it kept aside for us; a hub that did not go back makes these records itself.
    What this desk may only read is for others to tell: it stays here, and gives way to the hub's row when it comes.
    """
    names = Names(work)
    readable = {str(row[0]) for row in work.rows('SELECT id FROM sync_scope WHERE "write" = 0')}
    for kind in TYPES:
        some = [one for one in lost if one.entity == kind.name]
        values = contents.wire_values(work, kind, [one.entity_id for one in some], names) if some else {}
        for one in some:
            only_read = one.held.scope in readable and one.entity not in LEADS_MAY
            if (only_read or (one.entity == "late_edit" and not late)) and not one.held.waits:
                one.held.rev = 0
                continue
            row = at_hub.get(str(one.wire_id))
            one.held = merge.offered(kind, one.held, values.get(one.entity_id), row)
            one.settled()
    known.save(work, lost)
