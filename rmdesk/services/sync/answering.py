"""Taking in the hub's answer to a batch: what it took, what it keeps beside, what it refused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

import msgspec

from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.kinds import Topic
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import applying, contents, freeze, known, state
from rmdesk.services.sync.known import DIRTY, HANDED, REFUSED, Known
from rmdesk.services.sync.naming import Names
from rmdesk.wire import merge
from rmdesk.wire.messages import Item, Push, Pushed, Result, Row
from rmdesk.wire.registry import BY_NAME

INCOMPLETE = "incomplete"


@record
class Heard:
    """What became of a batch, in records; `fetch` are wire ids to ask for anew."""

    applied: int = 0
    kept_both: int = 0
    refused: int = 0
    handed_over: int = 0
    fetch: tuple[str, ...] = ()
    heads: tuple[tuple[str, int], ...] = ()  # how far each scope that was written got


@dataclass(frozen=True, slots=True)
class TakeAnswer:
    """Take in the answer to the batch under way, in one transaction with its number. Cannot be undone: it was said."""

    label: ClassVar[str] = N_("Take in the hub's answer")
    answer: Pushed

    def apply(self, work: UnitOfWork) -> Done[Heard]:
        batch = freeze.batch(work)
        if batch is None or batch.number != self.answer.push_no:
            return Done(Heard())
        push = msgspec.json.decode(batch.body, type=Push)
        pairs = {item.id: (item, result) for item, result in zip(push.items, self.answer.results, strict=True)}
        work.bulk("DELETE FROM sync_batch", topics={Topic.SYNC})
        state.put(work, "push_no", batch.number)
        rows = self._answered(work, pairs)
        fetch = applying.take_in(work, rows)
        told = [result.status for _item, result in pairs.values()]
        return Done(
            Heard(
                told.count("applied") + told.count("noop"),
                told.count("conflict_kept"),
                told.count("refused") + told.count("deferred"),
                told.count("handed_over"),
                tuple(fetch),
                tuple(self.answer.heads.items()),
            )
        )

    def _answered(self, work: UnitOfWork, pairs: dict[str, tuple[Item, Result]]) -> list[Row]:
        """Bring what is held of each record in step with its answer; gives the rows to merge."""
        by_kind: dict[str, list[Known]] = defaultdict(list)
        for one in known.by_wire(work, pairs).values():
            by_kind[one.entity].append(one)
        rows, gone, names = [], [], Names(work)
        for name, some in by_kind.items():
            values = contents.wire_values(work, BY_NAME[name], [one.entity_id for one in some], names)
            for one in some:
                item, result = pairs[str(one.wire_id)]
                have = values.get(one.entity_id)
                one.held, one.sent = merge.answered(one.held, have, item, result), None
                if merge.vanished(one.held, have, result):
                    gone.append(one)
                _stands(one, result, item)
                if result.row is not None:
                    rows.append(result.row)
        known.save(work, [one for some in by_kind.values() for one in some])
        known.forget(work, gone)
        return rows


def _stands(one: Known, result: Result, item: Item) -> None:
    why = {"code": result.code or result.status, "field": result.field}
    if result.code == INCOMPLETE:  # the hub has no such record (any more): it is told whole, with the next batch
        one.held.rev, one.state, one.refusal = 0, DIRTY, None
    elif result.status == "refused" and (one.edited_at or "") == item.at:
        one.state, one.refusal = REFUSED, why
    elif result.status == "deferred":
        one.state, one.refusal = (
            DIRTY,
            {"code": result.code or result.status, "field": result.field},
        )  # next round again
    elif result.status == "handed_over" and not one.held.waits:
        one.state, one.refusal = HANDED, None
    else:  # also what was changed after it was sent: the hub is asked again with what it is now
        one.state, one.refusal = DIRTY, None
        one.settled()
