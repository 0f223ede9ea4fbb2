"""What was written late, about clients who had moved on: kept for the new manager as a record of their book.

The hub makes these records. Only a hub that was thrown back takes them from desks: what it forgot of them exists
nowhere else, because the desk they came from has removed everything of the client.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import msgspec

from rmdesk.base import clock
from rmdesk.wire.ids import named
from rmdesk.wire.merge import next_rev
from rmdesk.wire.messages import Item, Row

NAME = "late_edit"
_SAID = ("client_id", "entity", "entity_id", "item", "by")


class Late(NamedTuple):
    """An item that came late, who wrote it, and the id of the record that shows it."""

    record: str
    item: Item
    by: str
    state: str = "open"
    settled_by: str | None = None


def late_id(user: str, item: Item) -> str:
    """The id of the record that shows a late edit: the same edit of the same person makes one."""
    told = msgspec.json.encode(msgspec.structs.replace(item, at=""), order="sorted")
    return named("late", user, item.id, hashlib.sha256(told).hexdigest())


def late_of(user: str, item: Item) -> Late:
    """What an item that came late is; one that tells of such a record is that record, by its own author."""
    return again(item) or Late(late_id(user, item), item, user)


def again(item: Item) -> Late | None:
    """A record of something late, told whole by a desk that has it; its id must be the one of what it says."""
    told = {name: edit.value for name, edit in item.patch.items()}
    if item.type != NAME or any(not isinstance(told.get(name), str) for name in _SAID):
        return None
    try:
        inner, by = msgspec.json.decode(str(told["item"]), type=Item), str(told["by"])
    except msgspec.DecodeError:
        return None
    if inner.type == NAME or (inner.type, inner.id) != (told["entity"], told["entity_id"]):
        return None
    if late_id(by, inner) != item.id:
        return None
    settled_by = told.get("settled_by")
    return Late(item.id, inner, by, str(told.get("state") or "open"), None if settled_by is None else str(settled_by))


def row_of(late: Late, client: str, scope: str, epoch: int, user: str) -> Row:
    """The record that shows it, of the client it is about. `user`: who told the hub of it."""
    item, rev = late.item, next_rev(0, epoch)
    fields: dict[str, str | int | None] = {
        "client_id": client,
        "entity": item.type,
        "entity_id": item.id,
        "item": msgspec.json.encode(item).decode(),
        "by": late.by,
        "at": item.at or clock.now().isoformat(timespec="milliseconds"),
        "state": late.state,
        "settled_by": late.settled_by,
    }
    revs = dict.fromkeys((name for name, value in fields.items() if value is not None), rev)
    return Row(NAME, late.record, scope, rev, client, 0, False, fields, revs, {}, user, item.at)
