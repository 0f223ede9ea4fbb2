"""The chain of reviews: each names the hash of the one before, so that none can be changed or taken out unseen.

A chain is what one lead said about one client: when a client leaves for another team, the chain leaves whole. A lead
who works offline at two desks makes a chain with two ends; both are told, and none is a fault.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from enum import StrEnum

from rmdesk.base.record import record
from rmdesk.base.text import N_


@record
class Entry:
    """A review as it is hashed; values as the file keeps them. `chain`: whose chain, on this desk."""

    chain: tuple[int, str]
    id: str
    entity: str
    entity_id: str
    verdict: str
    comment: str | None
    tag: str | None
    by: str
    at: str
    rev_reviewed: int
    content_hash: str
    before_hash: str | None
    hash: str


class Fault(StrEnum):
    """What is wrong with an entry."""

    EDITED = "edited"  # it does not have the hash that it claims
    CUT = "cut"  # the entry before it is gone
    GONE = "gone"  # it was put on record here, and is there no more
    ORDER = "order"  # the entry before it came later
    TWICE = "twice"  # two entries of one id


FAULTS: dict[Fault, str] = {
    Fault.EDITED: N_("changed afterwards"),
    Fault.CUT: N_("the entry before it is missing"),
    Fault.GONE: N_("taken away"),
    Fault.ORDER: N_("out of order"),
    Fault.TWICE: N_("there twice"),
}


@record
class Broken:
    """The first bad entry of the chains, and what is wrong with it."""

    id: str
    fault: Fault


def hash_of(one: Entry) -> str:
    """The hash that an entry must have: SHA-256 of all it says and of the hash before it, hex."""
    told = [
        one.id, one.entity, one.entity_id, one.verdict, one.comment, one.tag, one.by, one.at, one.rev_reviewed,
        one.content_hash, one.before_hash,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def verify(entries: Sequence[Entry], written: Collection[str] = ()) -> Broken | None:
    """The first entry, by time, that was tampered with; None when all chains hold.

    `written` are the ids of reviews known to have been put on record: an end that was cut off leaves no other trace.
    """
    known: set[str] = set()
    hashes = {one.hash: one for one in entries}
    for one in sorted(entries, key=lambda one: (one.at, one.before_hash is not None, one.id)):
        if one.id in known:
            return Broken(one.id, Fault.TWICE)
        if one.hash != hash_of(one):
            return Broken(one.id, Fault.EDITED)
        if one.before_hash is not None:
            before = hashes.get(one.before_hash)
            if before is None or before.by != one.by:
                return Broken(one.id, Fault.CUT)
            if before.at > one.at:
                return Broken(one.id, Fault.ORDER)
        known.add(one.id)
    gone = sorted(set(written) - known)
    return Broken(gone[0], Fault.GONE) if gone else None


def ends(entries: Sequence[Entry]) -> dict[tuple[int, str], tuple[str, ...]]:
    """The ends of each chain: the hashes that no later entry names. More than one: written offline at two desks."""
    named = {one.before_hash for one in entries}
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for one in entries:
        if one.hash not in named:
            found[one.chain] = (*found.get(one.chain, ()), one.hash)
    return found
