"""How two histories of one record become one: pure functions, the same that desk and hub run.

Nobody's clock decides. The hub gives every accepted change a revision; an edit says which revision its author saw
(its base). A value whose author had not seen the current one becomes an open difference on the record, an edit is
stronger than a deletion, and nothing is dropped. Proved by the fuzz over a model of desks and hub (tests/wire).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from rmdesk.wire.messages import Difference, Edit, Item, Result, Row, Value
from rmdesk.wire.registry import Rule, Type

EPOCH_BITS = 40  # revisions made after a restore of the hub are above all made before it


def next_rev(rev: int, epoch: int) -> int:
    """The revision of the next accepted change."""
    return max(rev + 1, epoch << EPOCH_BITS)


def digest_of(record: str, rev: int) -> int:
    """What one live record adds to its scope's digest (mod 2**64); the order of records does not matter."""
    return int.from_bytes(hashlib.sha256(f"{record}|{rev}".encode()).digest()[:8])


class Settled(NamedTuple):
    """What the hub makes of an item: the record afterwards, its answer, and whether anything changed."""

    row: Row | None
    status: str
    conflicts: list[str]
    changed: bool


def settle(
    kind: Type, row: Row | None, item: Item, *, epoch: int, by: str, device: str, new_id: Callable[[], str]
) -> Settled:
    """Apply what a desk did to the hub's record; `row` itself is not changed. Rights and values were checked before.

    `row` None: the hub has no such record. The new row has `seq` of the old one; the caller numbers it.
    """
    fresh = row is None
    if row is None:
        if not item.patch and not item.offers:
            return Settled(None, "noop", [], False)
        row = Row(type=item.type, id=item.id, scope="", rev=0, client=item.client)
    fields, revs, open_ = dict(row.fields), dict(row.field_rev), dict(row.conflicts)
    deleted, changed = row.deleted, fresh  # also an empty record is one
    new = next_rev(row.rev, epoch)
    for settled in item.resolves:
        changed |= open_.pop(settled, None) is not None
    kept: list[str] = []
    for name, edit in item.patch.items():
        if fields.get(name) == edit.value:
            continue
        if _takes(kind, name, fields.get(name), revs.get(name, 0), edit):
            fields[name], revs[name] = edit.value, new
            changed = True
        elif _keeps_both(kind, name):
            kept.append(name)
            if not any(one.field == name and one.value == edit.value for one in open_.values()):
                open_[new_id()] = Difference(name, edit.value, by, device, item.at, edit.base)
                changed = True
    # After the patch: a settled difference that is opened again brings the value back that it differs from.
    for offer in item.offers:
        if fields.get(offer.field) != offer.value and offer not in open_.values():
            open_[new_id()] = offer
            changed = True
    if item.patch and deleted:
        deleted, changed = False, True  # an edit is stronger than a deletion
    if item.delete is not None and not item.patch and not deleted:
        unseen = bool(open_) or any(rev > item.delete for rev in revs.values())
        if not unseen:
            deleted = changed = True
    if not changed:
        return Settled(row, "conflict_kept" if kept else "noop", kept, False)
    after = replace(
        row, fields=fields, field_rev=revs, conflicts=open_, deleted=deleted, rev=new, by=by, at=item.at or row.at
    )
    return Settled(after, "conflict_kept" if kept else "applied", kept, True)


def _takes(kind: Type, name: str, current: Value, rev: int, edit: Edit) -> bool:
    if rev <= edit.base:
        return True
    told = kind.field(name)
    rule = Rule.KEEP_BOTH if told is None else told.rule
    if rule is Rule.LATEST:
        return True
    if rule is Rule.MACHINE and told is not None:
        return _height(told.order, edit.value) > _height(told.order, current)
    return False


def _keeps_both(kind: Type, name: str) -> bool:
    told = kind.field(name)
    return told is None or told.rule is Rule.KEEP_BOTH


def _height(order: tuple[str, ...], state: Value) -> int:
    return order.index(state) if isinstance(state, str) and state in order else -1


class Held(Struct):
    """What a desk knows of one record besides its values: the hub's revision, and what the hub does not know yet.

    `rev` moves only together with the contents. `dirty` maps a changed field to the revision that was on screen when
    its author began (a pull never moves it); `deleted` is that revision where the record was deleted here.
    """

    rev: int = 0
    scope: str = ""
    field_rev: dict[str, int] = field(default_factory=dict)
    dirty: dict[str, int] = field(default_factory=dict)
    deleted: int | None = None
    resolves: list[str] = field(default_factory=list)
    offers: list[Difference] = field(default_factory=list)
    conflicts: dict[str, Difference] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether there is anything the hub must still hear."""
        return bool(self.dirty or self.resolves or self.offers) or self.deleted is not None


def base_of_deletion(held: Held) -> int:
    """The revision that was on screen when a record is deleted: of a field that is dirty, only the one it stands on.

    The triggers of the desk (services/sync/tracking) work it out in SQL.
    """
    return min([held.rev, *held.dirty.values()])


Values = Mapping[str, Value]


class Merged(NamedTuple):
    """What a desk does with a row of the hub.

    `act`: "write" (`values` is the record's new contents), "remove" (the record and what is held of it), "keep" (only
    `held` changes), "ignore" (nothing does), "fetch" (ask the hub for the row as it is now).
    """

    act: str
    held: Held | None
    values: dict[str, Value] | None


def item_of(record: str, kind: Type, client: str | None, held: Held, values: Values | None, at: str) -> Item:
    """What to tell the hub of a record: its changed fields with their bases, or its deletion."""
    patch = {name: Edit(values.get(name), base) for name, base in held.dirty.items()} if values is not None else {}
    return Item(kind.name, record, client, patch, held.deleted, list(held.resolves), list(held.offers), at)


def answered(held: Held, values: Values | None, item: Item, result: Result) -> Held:
    """What is left to tell after the hub's answer to `item`; `result.row` is merged after it (`merged`).

    A field that was changed again since the item was frozen stays dirty: on the answered revision where the sent
    value was taken, on its old base where it was kept as a difference, so that nobody differs from himself.
    """
    if result.status in ("refused", "deferred"):
        return held
    row, dirty = result.row, dict(held.dirty)
    for name, edit in item.patch.items():
        if values is not None and values.get(name) == edit.value:
            dirty.pop(name, None)
        elif name in dirty and row is not None and name not in result.conflicts:
            dirty[name] = row.rev
    deleted = held.deleted
    if deleted is not None:
        if deleted == item.delete:
            deleted = None
        elif row is not None and not result.conflicts and _seen(row, item, deleted):
            deleted = row.rev  # deleted after its own edit was frozen: that edit is no reason to keep it
    sent = set(item.resolves)
    return replace(
        held,
        dirty=dirty,
        deleted=deleted,
        resolves=[one for one in held.resolves if one not in sent],
        offers=[one for one in held.offers if one not in item.offers],
    )


def vanished(held: Held, values: Values | None, result: Result) -> bool:
    """Whether neither side has the record any more, and nothing is left to tell: the desk forgets it."""
    return values is None and not held.waits and result.row is None and result.status == "noop"


def _seen(row: Row, item: Item, base: int) -> bool:
    return all(rev <= base or name in item.patch for name, rev in row.field_rev.items())


def merged(kind: Type, held: Held | None, values: Values | None, row: Row, *, in_flight: bool) -> Merged:
    """Take in a row of the hub. `values` None: the desk has no such record (any more).

    The clean part is replaced, not overlaid: what the hub lacks goes. Dirty fields stay as they are, on their base.
    """
    if held is None:
        if row.deleted:
            return Merged("ignore", None, None)
        fresh = Held(row.rev, row.scope, dict(row.field_rev), conflicts=dict(row.conflicts))
        return Merged("write", fresh, _told(kind, row))
    if row.rev < held.rev:
        # An old answer told again. If it was about a deletion that did not hold, the contents are needed again.
        return Merged("fetch" if values is None and not held.waits else "keep", held, None)
    if row.deleted and not held.waits and not in_flight:
        return Merged("remove", None, None)
    if held.deleted is not None and values is None:
        return Merged("keep", _taken(held, row), None)  # deleted here, and the hub has not heard: the answer decides
    dirty = dict(held.dirty)
    for name in held.dirty:
        if not in_flight and values is not None and row.fields.get(name) == values.get(name):
            del dirty[name]
    after = replace(held, dirty=dirty)
    return Merged("write", _taken(after, row), _contents(kind, after, values or {}, row))


def _taken(held: Held, row: Row) -> Held:
    settled = set(held.resolves)
    return replace(
        held,
        rev=row.rev,
        scope=row.scope,
        field_rev=dict(row.field_rev),
        conflicts={key: one for key, one in row.conflicts.items() if key not in settled},
    )


def _told(kind: Type, row: Row) -> dict[str, Value]:
    """The contents as the hub has them."""
    if kind.sparse:
        return {told.name: row.fields[told.name] for told in kind.fields if told.name in row.fields}
    get = row.fields.get
    return {told.name: get(told.name) for told in kind.fields}


def _contents(kind: Type, held: Held, values: Values, row: Row) -> dict[str, Value]:
    if not held.dirty:
        return _told(kind, row)
    found: dict[str, Value] = {}
    for told in kind.fields:
        if told.name in held.dirty:
            found[told.name] = values.get(told.name)
        elif told.name in row.fields:
            found[told.name] = row.fields[told.name]
        elif not kind.sparse:
            found[told.name] = None
    return found


def offered(kind: Type, held: Held, values: Values | None, row: Row | None) -> Held:
    """What to tell a hub that went back in time: whatever it no longer has, on the revisions known before.

    Open differences are offered again. `rev` becomes 0: the contents of `row`, if any, are merged after it.
    """
    fields: Values = {} if row is None else row.fields
    dirty = dict(held.dirty)
    if values is not None:
        for told in kind.fields:
            if kind.sparse and told.name not in held.field_rev:
                continue
            if told.name not in dirty and fields.get(told.name) != values.get(told.name):
                dirty[told.name] = held.field_rev.get(told.name, 0)
        if row is None and not dirty and held.rev:
            dirty[kind.fields[0].name] = 0  # an empty record is one, too
    return replace(
        held,
        rev=0,
        dirty=dirty,
        resolves=[],
        offers=[*held.offers, *held.conflicts.values()],
        conflicts={},
    )


def leaves(held: Held, scope: str) -> bool:
    """Whether a record goes when its client leaves `scope`: not if it already came again from another scope."""
    return held.scope in ("", scope)
