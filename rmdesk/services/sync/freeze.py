"""The next batch for the hub: chosen, written down as the very bytes that will be sent, and kept until answered.

Whatever happens to the request, the same bytes go again, so that the hub can tell a repetition from news.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import msgspec

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic, new_id
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import contents, finding, guards, known, marking, state
from rmdesk.services.sync.known import Known
from rmdesk.services.sync.naming import Names
from rmdesk.wire import ids, merge
from rmdesk.wire.messages import MOST_ITEMS, SCHEMA, Item, Push
from rmdesk.wire.registry import TYPES, Home, Type

MOST_BYTES = 1 << 20  # of the items of a batch, before packing; a single item may be longer
# Both about the state, so that the partial index serves. What the hub deferred comes again with the next round.
_WAITING = "state = 'dirty' AND state <> 'clean' AND entity = ? AND refusal IS NULL"


@record
class Batch:
    """The batch under way: its number and the bytes to send."""

    number: int
    body: bytes
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Freeze:
    """Write down the next batch, unless one is under way; gives it, or None when there is nothing to tell.

    Cannot be undone: it only says what will be told.
    """

    label: ClassVar[str] = N_("Prepare what the hub must hear")

    def apply(self, work: UnitOfWork) -> Done[Batch | None]:
        under_way = batch(work)
        if under_way is not None:
            work.bulk("UPDATE sync_batch SET attempts = attempts + 1", topics=())
            return Done(under_way)
        marking.name_clients(work, unsent=True)
        deletions = guards.deletions(work)
        number, items, told = state.push_no(work) + 1, [], []
        for kind, some in _chosen(work, deletions=deletions.allowed):
            found = _items(work, kind, some)
            items += [item for _one, item in found]
            told += [one for one, _item in found]
        items, told = _that_fit(items, told)
        if not items:
            return Done(None)
        for one in told:
            one.sent = number
        known.save(work, told)
        push = Push(str(state.get(work, "device")), number, state.epoch(work), SCHEMA, items, deletions.confirmed)
        body = msgspec.json.encode(push)
        sql = "INSERT INTO sync_batch (number, body, made_at, attempts) VALUES (?, ?, ?, 0)"
        work.bulk(sql, (number, body, clock.now().isoformat(timespec="milliseconds")), topics={Topic.SYNC})
        return Done(Batch(number, body))


def batch(reads: Reads) -> Batch | None:
    """The batch under way, if there is one."""
    row = reads.one("SELECT number, body, attempts FROM sync_batch")
    return None if row is None else Batch(row[0], bytes(row[1]), row[2])


def is_due(reads: Reads) -> bool:
    """Whether there is a batch under way or anything to make one of, or a question about deletions to look at."""
    return bool(
        reads.value("SELECT 1 FROM sync_batch")
        or reads.value("SELECT 1 FROM sync_record WHERE state = 'dirty' AND state <> 'clean' LIMIT 1")
        or state.get(reads, "asks")
        or state.get(reads, "grants")
    )


def _chosen(reads: Reads, *, deletions: bool) -> Iterator[tuple[Type, list[Known]]]:
    """At most so many records as a batch takes: parents before children, then deletions, children before parents."""
    room, speaks = MOST_ITEMS, spoken(reads)
    for kind in TYPES:
        if room and kind.since <= speaks:
            drafts = " AND entity_id NOT IN (SELECT id FROM attachment WHERE entity = 'draft')"
            where = f"{_WAITING} AND deleted IS NULL{drafts if kind.name == 'attachment' else ''} LIMIT ?"
            found = known.where(reads, where, (kind.name, room))
            room -= len(found)
            yield kind, found
    for kind in reversed(TYPES):
        if room and deletions and kind.since <= speaks:
            found = known.where(reads, f"{_WAITING} AND deleted IS NOT NULL LIMIT ?", (kind.name, room))
            room -= len(found)
            yield kind, found


def _items(work: UnitOfWork, kind: Type, some: list[Known]) -> list[tuple[Known, Item]]:
    if not some:
        return []
    names = Names(work)
    values = contents.wire_values(work, kind, [one.entity_id for one in some], names)
    names.learn_wires(("client", str(one.client)) for one in some if one.client is not None)
    names.learn_wires(("client", one.entity_id) for one in some if kind.name == "client")
    me, speaks = state.who(work), spoken(work)
    found, unsaid = [], []
    for one in some:
        have = values.get(one.entity_id)
        whole = _whole(kind, one, have)
        one.wire_id = one.wire_id or _wire_id(work, kind, one, have, names, me.user if me else "")
        about = one.entity_id if kind.name == "client" else one.client
        client = names.wire("client", about) if about is not None and kind.home is Home.BOOK else None
        item = merge.item_of(one.wire_id, kind, client, one.held, have, one.edited_at or "")
        item.whole = whole
        if not _said(kind, item, speaks):
            one.refusal = {"code": "unknown_field", "field": next(iter(one.held.dirty))}  # with the next round again
            unsaid.append(one)
            continue
        found.append((one, item))
    # What is named by its fields must be called so by its children in this very batch.
    known.save(work, [*unsaid, *(one for one, _item in found if kind.natural)])
    return found


def spoken(reads: Reads) -> int:
    """The schema in which hub and desk talk: the older one of both."""
    return max(1, min(SCHEMA, int(state.get(reads, "speaks") or SCHEMA)))


def _said(kind: Type, item: Item, speaks: int) -> bool:
    """Leave out what the hub does not know yet, which stays unsent; whether there is anything else to tell."""
    newer = {one.name for one in kind.fields if one.since > speaks} & item.patch.keys()
    item.patch = {name: edit for name, edit in item.patch.items() if name not in newer}
    return bool(not newer or item.patch or item.resolves or item.offers or item.delete is not None)


def _whole(kind: Type, one: Known, values: dict[str, object] | None) -> bool:
    """What the hub does not have, or has only kept aside, is told whole: a part of a record could not stand there.

    Of the bank's clients the hub keeps only what desks have set: there a part is all.
    """
    if values is None or (kind.sparse and values.get("origin") != "desk"):
        return True
    if one.held.rev:
        return False
    for told in kind.fields:
        if values.get(told.name) is not None:
            one.held.dirty.setdefault(told.name, one.held.field_rev.get(told.name, 0))
    return True


def _wire_id(
    work: UnitOfWork, kind: Type, one: Known, values: dict[str, object] | None, names: Names, user: str
) -> str:
    """The id under which the hub will know a record: named by its fields, else its own, else a new one."""
    if kind.name == "client":
        return names.wire("client", one.entity_id) or new_id()
    wanted = ids.natural_id(kind, values, user) if values is not None else None
    if wanted is None:
        wanted = one.entity_id if _is_id(one.entity_id) and kind.key == ("id",) else new_id()
    holder = finding.bound_elsewhere(work, wanted, one.entity, one.entity_id)
    if holder is None:
        return wanted
    if holder.held.deleted is None or holder.sent is not None:
        return new_id()
    # The same thing, deleted and noted anew before the hub heard: it was never gone.
    known.forget(work, [holder])
    one.held.rev, one.held.scope, one.held.field_rev = holder.held.rev, holder.held.scope, holder.held.field_rev
    one.held.dirty = dict.fromkeys((told.name for told in kind.fields), holder.held.deleted)
    return wanted


def _is_id(text: str) -> bool:
    return len(text) == 32 and not set(text) - set("0123456789abcdef")


def _that_fit(items: list[Item], told: list[Known]) -> tuple[list[Item], list[Known]]:
    size, most = 0, len(items)
    for at, item in enumerate(items):
        size += len(msgspec.json.encode(item))
        if size > MOST_BYTES and at:
            most = at
            break
    return items[:most], told[:most]
