"""What a batch does to the scopes it touches, worked out in memory before anything is written."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from msgspec.structs import replace

from rmdesk.wire.merge import digest_of, next_rev
from rmdesk.wire.messages import Item, Row

MOD = 1 << 64


@dataclass(slots=True)
class ScopeState:
    """A locked scope."""

    head: int
    live: int
    digest: int
    audit_no: int
    audit_head: bytes


class History(NamedTuple):
    """What is kept for ever of one item."""

    scope: str
    item: Item
    rev: int
    status: str


class Act(NamedTuple):
    """Something for the audit of a scope: ids and numbers about it, never values of fields."""

    action: str
    detail: dict[str, Any]


class LateItem(NamedTuple):
    """An item kept aside, the id of the record that shows it to the new manager, and why it is kept."""

    scope: str
    item: Item
    record: str
    reason: str


@dataclass(slots=True)
class Ledger:
    """The records a batch may touch and what becomes of them."""

    epoch: int
    scopes: dict[str, ScopeState]
    rows: dict[str, Row]
    children: dict[str, set[str]]  # the live records that cannot stand without this one
    sealed: frozenset[str]  # records a lead has reviewed
    changed: dict[str, Row] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    clients: dict[str, str] = field(default_factory=dict)  # new ones, and their books
    history: list[History] = field(default_factory=list)
    late: list[LateItem] = field(default_factory=list)
    acts: dict[str, list[Act]] = field(default_factory=dict)
    counted: dict[str, Counter[str]] = field(default_factory=dict)

    def put(self, row: Row, parent: str | None) -> Row:
        """Take in a record as it is from now on: the next number of its scope, the digest, the count."""
        before, scope = self.rows.get(row.id), self.scopes[row.scope]
        if before is None:
            self.made.append(row.id)
        elif not before.deleted:
            scope.digest = (scope.digest - digest_of(before.id, before.rev)) % MOD
            scope.live -= 1
        if not row.deleted:
            scope.digest = (scope.digest + digest_of(row.id, row.rev)) % MOD
            scope.live += 1
        scope.head += 1
        kept = replace(row, seq=scope.head)
        self.rows[row.id] = self.changed[row.id] = kept
        self.parents[row.id] = parent
        if parent is not None:
            around = self.children.setdefault(parent, set())
            (around.discard if row.deleted else around.add)(row.id)
        return kept

    def undelete(self, record: str | None, user: str, parents: Mapping[str, str | None]) -> None:
        """A record whose child was edited lives again, and so do those above it."""
        row = self.rows.get(record or "")
        if row is None or not row.deleted or row.scope not in self.scopes:
            return
        parent = parents.get(row.id)
        self.put(replace(row, deleted=False, rev=next_rev(row.rev, self.epoch), by=user), parent)
        self.undelete(parent, user, parents)

    def act(self, scope: str, act: Act) -> None:
        """Put on record what was done or tried."""
        self.acts.setdefault(scope, []).append(act)

    def count(self, scope: str, status: str) -> None:
        """Count what became of an item."""
        self.counted.setdefault(scope, Counter())[status] += 1


def new_id() -> str:
    """A new id, 32 hex digits; later ones are greater, so that indexes grow at their end."""
    return f"{time.time_ns() // 1000:016x}{random.getrandbits(64):016x}"
