"""The chain of the audit log: how an entry is hashed, and what a look at all of them finds. Pure.

Whoever holds the file's key could write the whole chain anew; its end (`End`) is therefore kept outside the data file,
and at the hub once the desk has joined one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from enum import StrEnum

from rmdesk.base.record import record
from rmdesk.base.text import N_

START = ""  # what the very first entry names as the one before


@record
class Entry:
    """One entry as the file keeps it; `facts` is JSON text."""

    seq: int
    at: str
    who: str
    act: str
    entity: str
    entity_id: str
    facts: str
    prev: str
    hash: str


@record
class End:
    """The last entry there was: its number and its hash."""

    seq: int
    hash: str


class Fault(StrEnum):
    """What is wrong with an entry."""

    EDITED = "edited"
    GONE = "gone"
    CUT = "cut"  # it was written once, and the log ends before it
    REWRITTEN = "rewritten"  # it has other contents than when the log was left
    DIFFERS = "differs"  # the hub was told another entry under this number
    UNWITNESSED = "unwitnessed"  # nothing outside the file says how the log ended
    NOTED = "noted"  # the program itself found the log broken, and put it on record


FAULTS: dict[Fault, str] = {
    Fault.EDITED: N_("changed afterwards"),
    Fault.GONE: N_("taken away"),
    Fault.CUT: N_("taken away, with all that came after it"),
    Fault.REWRITTEN: N_("written anew"),
    Fault.DIFFERS: N_("not the one the hub was told of"),
    Fault.UNWITNESSED: N_("the proof of how the log ended is missing"),
    Fault.NOTED: N_("found broken when the desk was opened"),
}


@record
class Broken:
    """The first bad entry, by number, and what is wrong with it."""

    seq: int
    fault: Fault


@record
class Verdict:
    """What a look at the log found. `first`: the oldest entry still kept; 0: there is none. `hub`: up to which entry
    the hub has it; None: no hub said.
    """

    entries: int
    first: int
    last: End | None
    broken: Broken | None
    hub: int | None = None


def hash_of(one: Entry) -> str:
    """The hash an entry must have: SHA-256 of the hash before it and of all it says, hex."""
    said = [one.seq, one.at, one.who, one.act, one.entity, one.entity_id, one.facts]
    told = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{one.prev}\n{told}".encode()).hexdigest()


def verify(
    entries: Iterable[Entry], end: End | None, trimmed: End | None = None, hub: tuple[End, ...] | None = None
) -> Verdict:
    """Look at all entries, in the order of their numbers.

    `end` is the end as it was kept outside the file; None: nothing is kept there. `trimmed` is the last entry that was
    removed because its time was over, as a later entry names it. `hub`: entries as the hub has them, in order.
    """
    witnessed = {one.seq: one.hash for one in hub or ()}
    differs: int | None = None
    before = trimmed or End(0, START)
    first = count = 0
    last: Entry | None = None
    broken: Broken | None = None
    seen = None if end is None else (end.hash if end == trimmed else None)
    for one in entries:
        count += 1
        first = first or one.seq
        if broken is None:
            broken = _fault(one, before, last)
        if differs is None and witnessed.get(one.seq, one.hash) != one.hash:
            differs = one.seq
        if end is not None and one.seq == end.seq:
            seen = one.hash
        before, last = End(one.seq, one.hash), one
    if broken is None:
        broken = Broken(differs, Fault.DIFFERS) if differs else _at_the_end(before, end, seen, count)
    told = max(witnessed, default=0)
    if broken is None and told > before.seq:
        broken = Broken(before.seq + 1, Fault.CUT)
    return Verdict(count, first, before if count else None, broken, None if hub is None else told)


def _fault(one: Entry, before: End, last: Entry | None) -> Broken | None:
    if one.seq != before.seq + 1:
        return Broken(before.seq + 1, Fault.GONE)
    if one.hash != hash_of(one):
        return Broken(one.seq, Fault.EDITED)
    if one.prev != before.hash:
        # It is what it was, so the one before it is not: that one was written anew, hash and all.
        return Broken(one.seq if last is None else last.seq, Fault.EDITED)
    return Broken(one.seq, Fault.NOTED) if one.act == "break" else None


def _at_the_end(last: End, end: End | None, seen: str | None, count: int) -> Broken | None:
    if end is None:
        return Broken(last.seq, Fault.UNWITNESSED) if count else None
    if end.seq > last.seq:
        return Broken(last.seq + 1, Fault.CUT)
    return Broken(end.seq, Fault.REWRITTEN) if seen != end.hash else None
