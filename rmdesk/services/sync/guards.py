"""Many deletions at once wait for the manager's word: those the hub tells of, and those it is to be told of.

A slip or a fault on one side must not empty the other. What waits is kept in `asks`, the word in `grants`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import state
from rmdesk.wire.messages import Event

FEW = 50  # deletions that nobody needs to ask about
SHARE = 5  # and on the way in, one record in so many


@record
class Deletions:
    """Whether deletions may be told now, and whether the manager has said yes to many of them."""

    allowed: bool
    confirmed: bool


@record
class Asked:
    """What waits for a word: records to be deleted at the hub; records the hub wants deleted here."""

    outgoing: int = 0
    incoming: int = 0


@dataclass(frozen=True, slots=True)
class AllowDeletions:
    """Say yes to the many deletions that wait, in both directions. Cannot be undone: the next round does them."""

    label: ClassVar[str] = N_("Allow many deletions")

    def apply(self, work: UnitOfWork) -> Done[None]:
        waits: dict[str, Any] = state.get(work, "asks") or {}
        if not waits:
            raise Refused(N_("No deletions wait for your word."), code="nothing_asked")
        state.put(work, "grants", waits)
        state.put(work, "asks", None)
        return Done(None)


def asked(reads: Reads) -> Asked:
    """What waits for the manager's word."""
    found: dict[str, Any] = state.get(reads, "asks") or {}
    return Asked(int(found.get("outgoing", 0)), sum(found.get("incoming", {}).values()))


def deletions(work: UnitOfWork) -> Deletions:
    """Whether the next batch may tell of deletions; else the question is put."""
    count = int(work.value("SELECT count(*) FROM sync_record WHERE state = 'dirty' AND state <> 'clean' "
                           "AND deleted IS NOT NULL"))  # fmt: skip
    granted = int((state.get(work, "grants") or {}).get("outgoing", 0))
    if count <= FEW and not granted:
        _ask(work, "outgoing", None)
        return Deletions(True, False)
    if count <= granted:
        if not count:
            _use(work, "outgoing")
        return Deletions(True, True)
    _ask(work, "outgoing", count)
    return Deletions(False, False)


def too_many(work: UnitOfWork, scope: str, events: list[Event], before: int) -> bool:
    """Whether a page brings more deletions than may happen unasked; `before`: those of this round already."""
    gone = [event.row.id for event in events if event.row is not None and event.row.deleted]
    here = 0
    if gone:
        from json import dumps

        sql = "SELECT count(*) FROM sync_record WHERE scope = ? AND wire_id IN (SELECT value FROM json_each(?))"
        here = int(work.value(sql, (scope, dumps(gone))))
    if here + before <= FEW:
        return False
    live = int(work.value("SELECT count(*) FROM sync_record WHERE scope = ?", (scope,)))
    granted = (state.get(work, "grants") or {}).get("incoming", {})
    if here + before <= max(FEW, (live + before) // SHARE) or scope in granted:
        return False
    _ask(work, "incoming", {scope: here + before})
    return True


def caught_up(work: UnitOfWork, scope: str) -> None:
    """A scope was read to its end: the word about its deletions is used up."""
    grants = state.get(work, "grants") or {}
    if scope in grants.get("incoming", {}):
        del grants["incoming"][scope]
        state.put(work, "grants", grants)


def _ask(work: UnitOfWork, way: str, what: Any) -> None:
    asks: dict[str, Any] = state.get(work, "asks") or {}
    before = asks.get(way)
    if way == "incoming":
        asks[way] = (before or {}) | what
    elif what is None:
        asks.pop(way, None)
    else:
        asks[way] = what
    if asks.get(way) != before:
        state.put(work, "asks", asks or None)


def _use(work: UnitOfWork, way: str) -> None:
    grants = state.get(work, "grants") or {}
    grants.pop(way, None)
    state.put(work, "grants", grants or None)
