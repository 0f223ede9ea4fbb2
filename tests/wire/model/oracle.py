"""What is known of every word ever typed, and what is on a desk's disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from rmdesk.wire import merge
from rmdesk.wire.messages import Difference, Item
from tests.wire.model.hub import KIND, LATE

Word = tuple[str, str, Any]  # record, field, what was typed


@dataclass
class Record:
    client: str
    kind: str = KIND.name
    values: dict[str, Any] | None = None
    held: merge.Held = field(default_factory=merge.Held)
    handed: bool = False
    fetch: bool = False
    before: dict[str, Any] | None = None  # the values that a deletion took


@dataclass
class File:
    """What is on a desk's disk."""

    device: str
    user: str
    epoch: int
    number: int = 0
    batch: tuple[int, list[Item]] | None = None
    cursors: dict[str, int] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)


class Oracle:
    def __init__(self) -> None:
        self.edits: list[tuple[str, str, str]] = []
        self.saw: set[Word] = set()
        self.deleted: set[Word] = set()
        self.discarded: set[Word] = set()
        self.lost: set[Word] = set()

    def edit(self, one: str, name: str, word: str | None, seen: Any) -> None:
        if word is not None:
            self.edits.append((one, name, word))
        if seen is not None:
            self.saw.add((one, name, seen))

    def delete(self, one: str, values: dict[str, Any], unsent: Iterable[str]) -> None:
        self.deleted |= {(one, name, word) for name, word in values.items() if word is not None}
        self.discarded |= {(one, name, values[name]) for name in unsent}  # nobody else ever saw it

    def undelete(self, one: str, values: dict[str, Any]) -> None:
        self.discarded -= {(one, name, word) for name, word in values.items()}


def words_of(kind: str, one: str, fields: Mapping[str, Any], open_: Iterable[Difference]) -> set[Word]:
    """The words in a record: its own, those of its differences, or those of what it keeps aside."""
    if kind == LATE.name:
        item = msgspec.json.decode(fields["item"], type=Item)
        told = {(item.id, name, edit.value) for name, edit in item.patch.items()}
        return told | {(item.id, each.field, each.value) for each in item.offers}
    told = {(one, name, word) for name, word in fields.items()}
    return told | {(one, each.field, each.value) for each in open_}


@dataclass
class Faults:
    net: float = 0.25
    crash: float = 0.05
