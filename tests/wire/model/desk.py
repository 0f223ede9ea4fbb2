"""A desk of the model: what a person does and what the engine does, with a disk that survives and a net that fails."""

from __future__ import annotations

import pickle
import random
from typing import Any

from msgspec.structs import replace

from rmdesk.wire import merge
from rmdesk.wire.messages import Item, Result, Row
from tests.wire.model.hub import ACCESS, FIELDS, KINDS, LATE, Hub
from tests.wire.model.oracle import Faults, File, Oracle, Record, Word, words_of


class Crash(Exception):
    """The desk's power went."""


class Lost(Exception):
    """A request or an answer did not arrive."""


class Desk:
    def __init__(self, hub: Hub, device: str, user: str, rng: random.Random, oracle: Oracle, faults: Faults) -> None:
        self.hub, self.rng, self.oracle, self.faults = hub, rng, oracle, faults
        self.now = File(device, user, hub.epoch)
        hub.register(device, user)
        self.commit()
        self.copy = self.disk
        self.old: list[bytes] = []

    def commit(self) -> None:
        self.disk = pickle.dumps(self.now)  # a copy that is many times cheaper than one by `copy`

    def fall(self) -> None:
        """Power may go here."""
        if self.rng.random() < self.faults.crash:
            raise Crash

    def call(self, what: Any, *given: Any) -> Any:
        """One request: it or its answer may be lost, it may arrive twice, an older push may arrive again."""
        net, rng = self.faults.net, self.rng
        if rng.random() < net:
            raise Lost
        answer = what(*given)
        if what == self.hub.push:
            self.old = [*self.old[-20:], pickle.dumps(given)]
        if rng.random() < net * 0.3:
            what(*given)
        if rng.random() < net * 0.2 and self.old:
            self.hub.push(*pickle.loads(rng.choice(self.old)))
        if rng.random() < net:
            raise Lost
        return answer

    # What a person does. Each is one transaction.

    def create(self, one: str, client: str, word: str) -> None:
        self.now.records[one] = Record(client, values=dict.fromkeys(FIELDS))
        self.edit(one, "a", word)

    def edit(self, one: str, name: str, word: str | None) -> None:
        record = self.now.records[one]
        assert record.values is not None
        seen = record.values[name]
        record.values[name] = word
        record.held.dirty.setdefault(name, record.held.rev)
        self.commit()
        self.oracle.edit(one, name, word, seen)

    def settle(self, one: str, word: str) -> None:
        record = self.now.records[one]
        name = next(iter(record.held.conflicts.values())).field
        if record.values is None or name in record.held.dirty:
            return
        ids = [key for key, open_ in record.held.conflicts.items() if open_.field == name]
        for key in ids:
            self.oracle.saw.add((one, name, record.held.conflicts.pop(key).value))
        record.held.resolves += ids
        self.edit(one, name, word)

    def delete(self, one: str) -> None:
        record = self.now.records[one]
        if record.values is None:
            return
        self.oracle.delete(one, record.values, record.held.dirty)
        record.before, record.values = record.values, None
        if record.held.rev == 0 and not self.sent(one):
            del self.now.records[one]
        else:
            fresh = "freshdelete" in self.hub.bugs
            record.held.deleted = record.held.rev if fresh else merge.base_of_deletion(record.held)
            record.held.dirty = {}
        self.commit()

    def undelete(self, one: str) -> None:
        record = self.now.records[one]
        base = record.held.deleted
        if record.before is None or base is None:
            return
        record.values, record.before = record.before, None
        record.held.dirty, record.held.deleted = dict.fromkeys(FIELDS, base), None
        self.commit()
        self.oracle.undelete(one, record.values)
        self.hub.taken_back.add(one)

    # What the engine does.

    def sent(self, one: str) -> bool:
        return self.now.batch is not None and any(item.id == one for item in self.now.batch[1])

    def freeze(self) -> None:
        if self.now.batch:
            return
        most = self.rng.choice([1, 3, 50])
        waiting = [one for one, record in self.now.records.items() if record.held.waits][:most]
        if not waiting:
            return
        items = []
        for one in waiting:
            record = self.now.records[one]
            items.append(merge.item_of(one, KINDS[record.kind], record.client, record.held, record.values, ""))
        self.now.batch = (self.now.number + 1, pickle.loads(pickle.dumps(items)))
        self.fall()
        self.commit()

    def push(self) -> bool:
        self.freeze()
        if self.now.batch is None:
            return False
        number, items = self.now.batch
        answer = self.call(self.hub.push, self.now.device, number, items, self.now.epoch)
        self.fall()
        if answer == "epoch":
            self.reoffer()
            return True
        if answer == "rolled_back":
            self.now.device += "'"
            self.hub.register(self.now.device, self.now.user)
            self.now.number, self.now.batch = 0, None
            self.commit()
            return True
        self.now.batch = None
        for item, result in zip(items, answer, strict=True):
            self._answered(item, result)
        self.now.number = number
        self.fall()
        self.commit()
        return True

    def _answered(self, item: Item, result: Result) -> None:
        record = self.now.records.get(item.id)
        if record is None:
            return
        before = dict(record.held.dirty)
        record.held = merge.answered(record.held, record.values, item, result)
        if "selfconflict" in self.hub.bugs:
            record.held.dirty = {name: before[name] for name in record.held.dirty}
        if result.status == "handed_over":
            record.handed = True
        elif merge.vanished(record.held, record.values, result):
            del self.now.records[item.id]
        elif result.row is not None:
            self._merge(result.row)

    def _merge(self, row: Row) -> None:
        record = self.now.records.get(row.id)
        held, values = (record.held, record.values) if record else (None, None)
        done = merge.merged(KINDS[row.type], held, values, row, in_flight=self.sent(row.id))
        if done.act == "remove":
            self.now.records.pop(row.id, None)
        if done.act == "fetch" and record is not None:
            record.fetch = True
        if done.act not in ("write", "keep") or done.held is None:
            return
        record = record or self.now.records.setdefault(row.id, Record(str(row.client), row.type))
        record.held = done.held
        record.handed = False
        if done.values is not None:
            there = {name: value for name, value in done.values.items() if value is not None}
            overlaid = {**done.values, **(record.values or {}), **there}
            record.values = overlaid if "overlay" in self.hub.bugs else dict(done.values)
        if "rebase" in self.hub.bugs and done.act == "write":
            record.held.dirty = dict.fromkeys(record.held.dirty, row.rev)

    def reoffer(self) -> None:
        """The hub went back: a new device, cursors from zero, and whatever the hub no longer has."""
        now = self.now
        now.device = f"{now.device.split('#')[0]}#{self.hub.epoch}.{self.rng.randrange(10**9)}"
        self.hub.register(now.device, now.user)
        epoch, rows = self.call(self.hub.manifest, now.user)
        now.number, now.batch, now.cursors, now.epoch = 0, None, {}, epoch
        for one, record in list(now.records.items()):
            row = rows.get(one)
            known = record.held
            if "badbase" in self.hub.bugs:
                known = replace(known, field_rev={} if row is None else dict(row.field_rev))
            record.held = merge.offered(KINDS[record.kind], known, record.values, row)
            if "noreoffer" in self.hub.bugs or ("lateonce" in self.hub.bugs and record.kind == LATE.name):
                record.held.dirty = {}
            if row is not None and not row.deleted:
                self._merge(row)
        self.fall()
        self.commit()

    def pull(self) -> None:
        for book in sorted(ACCESS[self.now.user]):
            more = True
            while more:
                limit = self.rng.choice([1, 2, 5, 100])
                cursor = self.now.cursors.get(book, 0)
                answer = self.call(self.hub.pull, self.now.device, book, cursor, limit, self.now.epoch)
                self.fall()
                if answer == "epoch":
                    self.reoffer()
                    return
                if answer == "gone":
                    break
                page, cursor, more = answer
                for _seq, event in page:
                    if isinstance(event, Row):
                        self._merge(event)
                    else:
                        self._leave(event, book)
                self.now.cursors[book] = cursor
                self.fall()
                self.commit()

    def _leave(self, client: str, book: str) -> None:
        for one, record in list(self.now.records.items()):
            if record.client != client or not ("exitall" in self.hub.bugs or merge.leaves(record.held, book)):
                continue
            if record.held.waits or self.sent(one):
                continue  # told first; the answer says that the client has gone
            del self.now.records[one]

    def sweep(self) -> None:
        for one, record in list(self.now.records.items()):
            if record.handed and not record.held.waits and not self.sent(one):
                del self.now.records[one]
        self.commit()

    def repair(self) -> None:
        wanted = {one for one, record in self.now.records.items() if record.fetch}
        if not wanted:
            return
        rows = self.call(self.hub.fetch, self.now.user, wanted)
        for one in wanted:
            record = self.now.records[one]
            record.fetch = False
            if one not in rows:
                del self.now.records[one]
                continue
            record.held = replace(record.held, rev=0)
            self._merge(rows[one])
        self.fall()
        self.commit()

    def sync(self) -> None:
        while self.push():
            pass
        self.pull()
        self.sweep()
        self.repair()

    def restore(self) -> None:
        """The desk's file is an old copy."""
        self.now = pickle.loads(self.copy)
        self.commit()

    def words(self) -> set[Word]:
        """Every word that this desk could tell."""
        found: set[Word] = set()
        for one, record in self.now.records.items():
            open_ = [*record.held.conflicts.values(), *record.held.offers]
            found |= words_of(record.kind, one, record.values or {}, open_) if record.values or open_ else set()
        return found
