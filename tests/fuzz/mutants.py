"""Faults planted on purpose: the fuzz is worth something only if it sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace as replaced
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace

from rmdesk.hub.services.push import deciding, pushing
from rmdesk.services.sync import contents, repair, tracking
from rmdesk.services.sync.engine import _Round
from rmdesk.wire import merge
from tests.fuzz.person import Habits
from tests.fuzz.proxy import GOOD
from tests.fuzz.world import Course


def _last_wins(*_given: Any) -> bool:
    return True


def _rebase(original: Callable[..., merge.Merged]) -> Callable[..., merge.Merged]:
    def merged(*given: Any, **more: Any) -> merge.Merged:
        done = original(*given, **more)
        if done.act != "write" or done.held is None:
            return done
        return done._replace(held=replace(done.held, dirty=dict.fromkeys(done.held.dirty, done.held.rev)))

    return merged


def _delete_wins(original: Callable[..., merge.Settled]) -> Callable[..., merge.Settled]:
    def settle(kind: Any, row: Any, item: Any, **more: Any) -> merge.Settled:
        if item.delete is not None:
            item = replace(item, delete=1 << 62)
        return original(kind, row, item, **more)

    return settle


def _no_offer(original: Callable[..., merge.Held]) -> Callable[..., merge.Held]:
    def offered(*given: Any) -> merge.Held:
        return replace(original(*given), dirty={})

    return offered


def _bad_base(original: Callable[..., merge.Held]) -> Callable[..., merge.Held]:
    def offered(kind: Any, held: merge.Held, values: Any, row: Any) -> merge.Held:
        known = {} if row is None else dict(row.field_rev)
        return original(kind, replace(held, field_rev=known), values, row)

    return offered


def _late_once(original: Callable[..., None]) -> Callable[..., None]:
    def offer(*given: Any, late: bool = False) -> None:
        original(*given)

    return offer


def _overlaid(original: Callable[..., None]) -> Callable[..., None]:
    def laid_over(work: Any, kind: Any, key: str, told: dict[str, Any]) -> dict[str, Any]:
        lacking = [name for name, value in told.items() if value is None and kind.field(name) is not None]
        columns = ", ".join(f'"{name}"' for name in lacking)
        here = work.one(f"SELECT {columns} FROM {kind.name} WHERE id = ?", (key,)) if lacking else None
        return told if here is None else {**told, **dict(zip(lacking, here, strict=True))}

    def write(work: Any, kind: Any, rows: Any) -> None:
        original(work, kind, [(key, laid_over(work, kind, key, told)) for key, told in rows])

    return write


def _old_base(original: Callable[..., merge.Held]) -> Callable[..., merge.Held]:
    def answered(held: Any, *given: Any) -> merge.Held:
        before = dict(held.dirty)
        done = original(held, *given)
        return replace(done, dirty={name: before[name] for name in done.dirty})

    return answered


def _fresh_base(original: dict[str, str]) -> dict[str, str]:
    shown = "(SELECT min(value) FROM json_each(dirty) HAVING min(value) < rev), "
    assert any(shown in sql for sql in original.values())
    return {name: sql.replace(shown, "") for name, sql in original.items()}


def _one_digest(*_given: Any) -> bytes:
    return b"0" * 32


def _nothing(*_given: Any) -> None:
    return None


# What is replaced where; `merge` is what desk and hub both run. Some faults the comparison of digests mends within the
# same round: they are planted in desks that do not compare.
Patch = tuple[Any, str, Callable[[Any], Any]]
NO_NET: Patch = (_Round, "_compare", lambda _original: _nothing)
MUTANTS: dict[str, tuple[Patch, ...]] = {
    "lww": ((merge, "_takes", lambda _original: _last_wins),),  # the last to arrive wins
    "rebase": ((merge, "merged", _rebase),),  # a pull moves the base of what is dirty
    "delwins": ((deciding, "settle", _delete_wins),),  # a deletion is stronger than an edit nobody saw
    "exitall": ((merge, "leaves", lambda _original: _last_wins), NO_NET),  # who leaves takes along what came again
    "noreoffer": ((merge, "offered", _no_offer),),  # after the hub went back, nothing is offered again
    "badbase": ((merge, "offered", _bad_base),),  # offered on the hub's revisions instead of those known before
    "lateonce": ((repair, "offer", _late_once),),  # what came late is not offered again
    "nodigest": ((pushing, "digest", lambda _original: _one_digest),),  # a batch's number is not bound to its bytes
    "overlay": ((contents, "write", _overlaid),),  # the hub's row is laid over what is here instead of replacing it
    "selfconflict": ((merge, "answered", _old_base),),  # a field typed on while its batch was under way keeps its base
    # A deletion stands on the newest revision, also of fields whose newer value was hidden by what was typed.
    "freshdelete": ((tracking, "STATEMENTS", _fresh_base),),
    "nonet": (NO_NET,),  # no fault at all: the comparison is a net, and nothing may fall into it
}


# Where it happens soonest: few people, few records, much of what is needed. So dense that almost every seed shows it.
_TYPING = Habits(0.02, 0.98, 0, 0, ("visit",), 1)
_TWO = Course(0.78, 0.22, 0, 0, 0, 0, 0, 1, ("wang", "wang"), _TYPING, GOOD)
_UNHEARD = replaced(_TWO, people=0.7, rounds=0.3, line=replaced(GOOD, lost=0.35))
_DELETING = replaced(
    _TWO, people=0.7, rounds=0.3, members=("wang",) * 3, habits=Habits(0.15, 0.65, 0.2, 0, ("promise",), 1)
)
_MOVING = Course(0.35, 0.5, 0.15, 0, 0, 0, 0, 1, ("wang", "li", "chen"), Habits(0.3, 0.6, 0.05, 0, ("task",), 4))
_BACK = replaced(_TWO, people=0.6, rounds=0.26, hub_copies=0.05, hub_back=0.09)
# What happens there stands in plays.py.
_PLAYED = replaced(
    _TWO, people=0, rounds=0, falls=0, own=True, members=("wang", "wang", "li"),
    habits=replaced(_TYPING, tables=("task",)),
)  # fmt: skip
_CROSSING = replaced(_PLAYED, members=("wang", "li", "chen"))
COURSES = {
    "lww": _TWO,
    "rebase": _UNHEARD,
    "delwins": _DELETING,
    "exitall": _CROSSING,
    "noreoffer": _BACK,
    "badbase": _BACK,
    "lateonce": _PLAYED,
    "nodigest": _PLAYED,
    "overlay": _PLAYED,
    "selfconflict": _PLAYED,
    "freshdelete": _PLAYED,
    "nonet": _MOVING,
}


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """With this fault in place; None: with none."""
    with ExitStack() as stack:
        for where, what, make in MUTANTS.get(name or "", ()):
            stack.enter_context(patch.object(where, what, make(getattr(where, what))))
        yield
