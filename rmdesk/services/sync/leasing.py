"""Keeping the hub's lease and the time this desk has seen (lease.py tells what they mean)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.text import N_
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import state
from rmdesk.services.sync.lease import MARK_EVERY, opened, seen_of


def keep(work: UnitOfWork, word: str) -> bool:
    """Keep a lease that just came from the hub; one that is not genuine, or older than the one kept, is not."""
    hub, device = state.hub(work), str(state.get(work, "device") or "")
    if hub is None or not word:
        return False
    told = opened(word, hub.key, hub.id, device)
    if told is None:
        return False
    before = opened(state.lease(work), hub.key, hub.id, device)
    if before is not None and told.at < before.at:
        return False
    now = clock.now()
    state.put(work, "lease", word)
    state.put(work, "time", {"hub_at": told.at.isoformat(), "desk_at": now.isoformat(), "mark": now.isoformat()})
    return True


@dataclass(frozen=True, slots=True)
class MarkTime:
    """Note how late it has become, so that a clock set back is noticed. Cannot be undone: time passes."""

    label: ClassVar[str] = N_("Note the time")

    def apply(self, work: UnitOfWork) -> Done[bool]:
        seen, now = seen_of(work), clock.now()
        if seen is None or now < seen.mark + MARK_EVERY:
            return Done(False)
        told: dict[str, Any] = state.get(work, "time")
        state.put(work, "time", {**told, "mark": now.isoformat()})
        return Done(True)
