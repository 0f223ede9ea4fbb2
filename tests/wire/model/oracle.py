"""What is known of every word ever typed, and what is on a desk's disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rmdesk.wire import merge
from rmdesk.wire.messages import Item


@dataclass
class Record:
    client: str
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
        self.saw: set[tuple[str, str, Any]] = set()
        self.deleted: set[tuple[str, str, Any]] = set()
        self.discarded: set[tuple[str, str, Any]] = set()
        self.lost: set[tuple[str, str, Any]] = set()

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

    def forget(self, one: str, record: Record) -> None:
        words = [
            *(record.values or {}).items(),
            *((open_.field, open_.value) for open_ in record.held.conflicts.values()),
        ]
        words += [(open_.field, open_.value) for open_ in record.held.offers]
        self.lost |= {(one, name, word) for name, word in words}


@dataclass
class Faults:
    net: float = 0.25
    crash: float = 0.05
