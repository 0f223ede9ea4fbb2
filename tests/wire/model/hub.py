"""The hub of the model: what it keeps is in memory, what it decides is `merge.settle`."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace

from rmdesk.hub.services.push.late import again, late_of, row_of
from rmdesk.wire import merge
from rmdesk.wire.messages import Item, Result, Row
from rmdesk.wire.registry import BY_NAME, Field, Home, Type

FIELDS = ("a", "b", "c")
KIND = Type("note", Home.BOOK, tuple(Field(name) for name in FIELDS))
LATE = BY_NAME["late_edit"]
KINDS = {one.name: one for one in (KIND, LATE)}
BOOKS = ("B1", "B2")
ACCESS = {"u1": {"B1"}, "u2": {"B2"}, "lead": {"B1", "B2"}}


def digest(items: list[Item]) -> str:
    return hashlib.sha256(msgspec.json.encode(items)).hexdigest()


@dataclass
class Scope:
    head: int = 0
    rows: dict[str, Row] = field(default_factory=dict)
    exits: list[tuple[int, str]] = field(default_factory=list)


class Hub:
    def __init__(self, bugs: Iterable[str]) -> None:
        self.bugs = set(bugs)
        self.scopes = {book: Scope() for book in BOOKS}
        self.clients: dict[str, str] = {}
        self.devices: dict[str, dict[str, Any]] = {}
        self.authors: dict[tuple[str, str], str] = {}  # the device whose value is current
        # A deletion taken back stands on the oldest revision its author had on screen: more may differ than must.
        self.taken_back: set[str] = set()
        self.own: list[str] = []  # fields in which somebody differed from himself
        self.differences = 0
        self.epoch = 1
        self.copy: Any = None

    def backup(self) -> None:
        self.copy = pickle.dumps((self.scopes, self.clients, self.devices, self.differences))

    def restore(self) -> bool:
        if self.copy is None:
            return False
        self.scopes, self.clients, self.devices, self.differences = pickle.loads(self.copy)
        self.epoch += 1
        self.differences += 100_000
        return True

    def register(self, device: str, user: str) -> None:
        self.devices[device] = {"user": user, "no": 0, "digest": None, "answer": None}

    def push(self, device: str, number: int, items: list[Item], epoch: int) -> Any:
        if epoch != self.epoch or device not in self.devices:
            return "epoch"
        known, sum_ = self.devices[device], digest(items)
        if number == known["no"] and ("nodigest" in self.bugs or known["digest"] == sum_):
            return known["answer"]
        if number != known["no"] + 1:
            return "rolled_back"
        answer = [self._apply(known["user"], device, item) for item in items]
        known.update(no=number, digest=sum_, answer=answer)
        return answer

    def _apply(self, user: str, device: str, item: Item) -> Result:
        book = self.clients[str(item.client)]
        scope = self.scopes[book]
        if book not in ACCESS[user]:
            self._keep_aside(scope, book, user, item)
            return Result(item.type, item.id, "handed_over")
        if item.type == LATE.name and item.id not in scope.rows:
            if again(item) is None or self.epoch == 1:
                raise ValueError("something late that nobody forgot")
            self._keep_aside(scope, book, user, item)
            return Result(item.type, item.id, "applied", row=scope.rows[item.id])
        if "delwins" in self.bugs and item.delete is not None:
            item = replace(item, delete=1 << 62)
        if "lww" in self.bugs:
            item = replace(item, patch={name: replace(edit, base=1 << 62) for name, edit in item.patch.items()})
        before = scope.rows.get(item.id)
        done = merge.settle(
            KINDS[item.type],
            scope.rows.get(item.id),
            item,
            epoch=self.epoch,
            by=user,
            device=device,
            new_id=self._difference,
        )
        row = done.row
        own = [name for name in done.conflicts if self.authors.get((item.id, name)) == device]
        self.own += [] if item.id in self.taken_back else own
        if row is not None and done.changed:
            news = row.fields if before is None else {k for k, v in row.fields.items() if before.fields.get(k) != v}
            self.authors |= dict.fromkeys(((item.id, name) for name in news), device)
            scope.head += 1
            row = replace(row, scope=book, seq=scope.head)
            scope.rows[item.id] = row
        return Result(item.type, item.id, done.status, done.conflicts, row=row)

    def _keep_aside(self, scope: Scope, book: str, user: str, item: Item) -> None:
        late = late_of(user, item)
        if late.record not in scope.rows:
            scope.head += 1
            scope.rows[late.record] = replace(row_of(late, str(item.client), book, self.epoch, user), seq=scope.head)

    def _difference(self) -> str:
        self.differences += 1
        return f"d{self.differences}"

    def pull(self, device: str, book: str, cursor: int, limit: int, epoch: int) -> Any:
        if epoch != self.epoch or device not in self.devices:
            return "epoch"
        if book not in ACCESS[self.devices[device]["user"]]:
            return "gone"
        scope = self.scopes[book]
        events: list[tuple[int, Row | str]] = [(row.seq, row) for row in scope.rows.values() if row.seq > cursor]
        events += [(seq, client) for seq, client in scope.exits if seq > cursor]
        events.sort(key=lambda one: one[0])
        page, more = events[:limit], len(events) > limit
        return page, (page[-1][0] if more else scope.head), more

    def fetch(self, user: str, ids: set[str]) -> dict[str, Row]:
        return {one: row for book in ACCESS[user] for one, row in self.scopes[book].rows.items() if one in ids}

    def manifest(self, user: str) -> tuple[int, dict[str, Row]]:
        return self.epoch, {one: row for book in ACCESS[user] for one, row in self.scopes[book].rows.items()}

    def hand_over(self, client: str, book: str) -> None:
        if self.clients[client] == book:
            return
        old, new = self.scopes[self.clients[client]], self.scopes[book]
        old.head += 1
        old.exits.append((old.head, client))
        for one in [key for key, row in old.rows.items() if row.client == client]:
            row = old.rows.pop(one)
            new.head += 1
            new.rows[one] = replace(row, scope=book, seq=new.head, rev=merge.next_rev(row.rev, self.epoch))
        self.clients[client] = book
