"""What becomes of each item of a batch. Nothing is read or written here but the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from rmdesk.hub.core import Caller
from rmdesk.hub.services.push import checks
from rmdesk.hub.services.push.checks import Wrong
from rmdesk.hub.services.push.homes import Place
from rmdesk.hub.services.push.late import again, late_of, row_of
from rmdesk.hub.services.push.ledger import Act, History, LateItem, Ledger, new_id
from rmdesk.hub.services.rows import client_of, depth, parent_of
from rmdesk.hub.settings import Settings
from rmdesk.wire.merge import settle
from rmdesk.wire.messages import Item, Push, Result, Row
from rmdesk.wire.registry import BY_NAME, Type

FIRST_EPOCH = 0  # of a hub that never went back to a copy
LATER = ("no_parent", "no_client", "many_deletions", "incomplete")  # the item may come again as it is


class Deciding(NamedTuple):
    """The settings, who pushes what, and the ledger they change."""

    settings: Settings
    who: Caller
    push: Push
    ledger: Ledger
    promised: set[str]  # prospects of this batch that are not taken in yet

    def decide(self, places: Sequence[Place]) -> list[Result]:
        """An answer for each item, in their order. Parents before children, and deletions last, children first."""
        items, results = self.push.items, dict[int, Result]()
        many = not self.push.confirmed and self._deletions() > self.settings.most_deletions
        for at in sorted(range(len(items)), key=lambda at: turn(items[at])):
            item, place = items[at], places[at]
            if place.new_client:
                self.promised.add(item.id)
            if many and _deletes(item):
                results[at] = Result(item.type, item.id, "deferred", code="many_deletions")
            else:
                results[at] = self._one(item, place)
            self.ledger.count(place.scope, results[at].status)
        return [results[at] for at in range(len(items))]

    def _deletions(self) -> int:
        return sum(map(_deletes, self.push.items))

    def _one(self, item: Item, place: Place) -> Result:
        if place.wrong is not None:
            return _refused(item, place.wrong)
        kind = BY_NAME[item.type]
        wrong = checks.wrong_values(kind, item, self.settings.most_blob)
        if wrong is not None:
            return _refused(item, wrong)
        if place.late:
            return self._late(item, place)
        if not place.scope:
            return Result(item.type, item.id, "noop")
        known = self._late_again(item, place)
        if known is not None:
            return known
        if any(edit.value in self.promised for edit in item.patch.values()):
            return _refused(item, Wrong("no_client"))  # the prospect it speaks of was refused in this batch
        row = self.ledger.rows.get(item.id)
        if row is not None and (row.scope, row.type) != (place.scope, item.type):
            return _refused(item, Wrong("unknown_record"))
        if row is None and kind.parent and parent_of(kind, _values(item)) not in self.ledger.rows:
            return _refused(item, Wrong("no_parent", kind.parent))
        wrong = (
            checks.wrong_rights(kind, item, row, place.rights, self.who.user)
            or checks.wrong_end(kind, item, row)
            or checks.wrong_approval(item, row, self._gift_of(item, row))
        )
        if wrong is not None:
            self._tried(place.scope, item, wrong)
            return _refused(item, wrong)
        return self._settled(kind, item, row, place)

    def _gift_of(self, item: Item, row: Row | None) -> Row | None:
        kind = BY_NAME[item.type]
        return self.ledger.rows.get(parent_of(kind, (row.fields if row else {}) | _values(item)) or "")

    def _settled(self, kind: Type, item: Item, row: Row | None, place: Place) -> Result:
        ledger, who = self.ledger, self.who
        if _deletes(item) and ledger.children.get(item.id):
            return Result(item.type, item.id, "noop", row=row)  # something hangs on it that its author had not seen
        done = settle(kind, row, item, epoch=ledger.epoch, by=who.user, device=who.device, new_id=new_id)
        after = done.row
        if after is None:
            return Result(item.type, item.id, done.status)
        if done.changed and item.id in ledger.sealed and checks.breaks_seal(item, row):
            self._tried(place.scope, item, Wrong("sealed"))
            return _refused(item, Wrong("sealed"))
        if done.changed:
            parent = parent_of(kind, after.fields)
            client = client_of(kind, item.id, after.fields) or _of_parent(ledger, parent) or after.client
            after = ledger.put(msgspec.structs.replace(after, scope=place.scope, client=client), parent)
            if place.new_client:
                self.promised.discard(item.id)
                ledger.clients[item.id] = place.scope.partition(":")[2]
            if kind.parent and not after.deleted:
                ledger.undelete(parent, who.user, ledger.parents)
        if done.changed or any(after.fields.get(name) != edit.value for name, edit in item.patch.items()):
            ledger.history.append(History(place.scope, item, after.rev, done.status))
        return Result(item.type, item.id, done.status, done.conflicts, row=after)

    def _late(self, item: Item, place: Place) -> Result:
        """Kept for the client's new manager, and for a while shown to them as a record of their book."""
        ledger, late = self.ledger, late_of(self.who.user, item)
        if late.record in ledger.rows:
            return Result(item.type, item.id, "handed_over")
        if place.shown:
            ledger.put(row_of(late, place.client, place.scope, ledger.epoch, self.who.user), late.item.id)
        why = "handed_over" if place.shown else "grace_over"
        ledger.late.append(LateItem(place.scope, late.item, late.record, why))
        if late.by != self.who.user:
            ledger.act(place.scope, Act("late_again", {"id": late.record, "by": late.by}))
        return Result(item.type, item.id, "handed_over")

    def _late_again(self, item: Item, place: Place) -> Result | None:
        """What a hub that was thrown back forgot of what came late, told by a desk of the book it was kept for."""
        late = again(item) if self.ledger.epoch > FIRST_EPOCH and place.rights.manager else None
        if late is None or item.id in self.ledger.rows:
            return None
        self._late(item, place._replace(client=str(item.patch["client_id"].value)))
        return Result(item.type, item.id, "applied", row=self.ledger.rows[item.id])

    def _tried(self, scope: str, item: Item, wrong: Wrong) -> None:
        detail = {"type": item.type, "id": item.id, "code": wrong.code, "push_no": self.push.push_no}
        self.ledger.act(scope, Act("refused", detail))


def _deletes(item: Item) -> bool:
    return item.delete is not None and not item.patch


def turn(item: Item) -> tuple[int, int]:
    """The order in which a batch is worked on: clients, parents, children; then deletions, children first."""
    kind = BY_NAME.get(item.type)
    deep = 0 if kind is None else depth(kind) + (item.type != "client")
    return (1, -deep) if _deletes(item) else (0, deep)


def _values(item: Item) -> dict[str, str | int | None]:
    return {name: edit.value for name, edit in item.patch.items()}


def _of_parent(ledger: Ledger, parent: str | None) -> str | None:
    row = ledger.rows.get(parent or "")
    return None if row is None else row.client


def _refused(item: Item, wrong: Wrong) -> Result:
    status = "deferred" if wrong.code in LATER else "refused"
    return Result(item.type, item.id, status, code=wrong.code, field=wrong.field)
