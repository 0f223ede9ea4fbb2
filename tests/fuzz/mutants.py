"""Faults planted on purpose: the fuzz is worth something only if it sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace

from rmdesk.wire import merge


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


# What is replaced in wire/merge, which desk and hub both run.
MUTANTS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "lww": ("_takes", lambda _original: _last_wins),
    "rebase": ("merged", _rebase),
    "delwins": ("settle", _delete_wins),
    "exitall": ("leaves", lambda _original: _last_wins),
    "noreoffer": ("offered", _no_offer),
}


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """With this fault in place; None: with none."""
    if name is None:
        yield
        return
    what, make = MUTANTS[name]
    with patch.object(merge, what, make(getattr(merge, what))):
        yield
