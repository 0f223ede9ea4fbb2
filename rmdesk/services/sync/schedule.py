"""When a desk syncs next: soon after an edit, every quarter of an hour else, later and later while the hub is away.

Pure: moments are seconds of a clock that only goes forward, chance comes as a function. Sources: design of the hub
(docs/adr/0026); decorrelated jitter after "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
"""

from __future__ import annotations

from collections.abc import Callable

from rmdesk.base.record import record, replace

AFTER_EDIT = 20.0  # seconds after the last edit
AT_MOST = 120.0  # and after the first one not told yet
EVERY = 900.0
SPREAD = 0.2  # of it to both sides, so that desks do not come together
FIRST_WAIT, LONGEST_WAIT = 2.0, 900.0
# Trying alone won't help.
SHUT = frozenset({"signed_out", "not_let_in", "revoked", "desk_key_gone"})  # until its owner signs in again
FOR_GOOD = SHUT | {"too_old", "hub_tls", "wipe", "expired", "travelling"}

Chance = Callable[[float, float], float]  # random.uniform


@record
class Schedule:
    """What decides the next round: the regular one, edits that wait, and failures."""

    regular_at: float
    first_edit_at: float | None = None
    last_edit_at: float | None = None
    wait: float = 0.0  # of the last failure
    not_before: float = 0.0

    @property
    def next_at(self) -> float:
        """When the next round is due."""
        due = self.regular_at
        if self.first_edit_at is not None and self.last_edit_at is not None:
            due = min(due, self.last_edit_at + AFTER_EDIT, self.first_edit_at + AT_MOST)
        return max(due, self.not_before)


def begun(now: float) -> Schedule:
    """A desk was just unlocked: sync at once."""
    return Schedule(now)


def edited(schedule: Schedule, now: float) -> Schedule:
    """Something was written at the desk."""
    first = now if schedule.first_edit_at is None else schedule.first_edit_at
    return replace(schedule, first_edit_at=first, last_edit_at=now)


def succeeded(schedule: Schedule, began: float, now: float, next_after: float, chance: Chance) -> Schedule:
    """A round that began at `began` went well; the hub would like to hear again after `next_after` seconds.

    What was edited since it began still waits.
    """
    regular = now + (next_after or EVERY) * chance(1 - SPREAD, 1 + SPREAD)
    last = schedule.last_edit_at
    if last is None or last < began:
        return Schedule(regular)
    return Schedule(regular, first_edit_at=last, last_edit_at=last)


def failed(schedule: Schedule, now: float, code: str, retry_after: float, chance: Chance) -> Schedule:
    """A round failed; `retry_after` is what the hub asked for, 0 when it asked for nothing."""
    wait = min(LONGEST_WAIT, chance(FIRST_WAIT, max(FIRST_WAIT, schedule.wait) * 3))
    wait = LONGEST_WAIT if code in FOR_GOOD else max(wait, min(retry_after, LONGEST_WAIT))
    return replace(schedule, regular_at=now + wait, wait=wait, not_before=now + wait)


def wanted(schedule: Schedule, now: float) -> Schedule:
    """Somebody asked for a round, or the network came back."""
    return replace(schedule, regular_at=now, not_before=now)
