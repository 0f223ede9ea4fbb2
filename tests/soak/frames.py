"""Frames that come late: the main thread worked for long, or slept where it should have looked for events.

Judged by what the thread itself did. By the clock a machine with other work would freeze every program.
"""

from __future__ import annotations

import os
import time

from bench.watch import Stretch, Watch

FROZEN_MS = 100.0  # of the thread's own time: what a person sees as a window that does not answer
LOCK_MS = 500.0  # locking looks through all memory and gives it back: what was shown must be gone, and nobody waits
ASLEEP_MS = 400.0  # without work and with a processor to be had: it waits for a thread, a file or a server
WORST = 50  # stretches that are kept
OWN_WORK = "robot"  # the step of what the robot does for itself


class Frames(Watch):
    """Notes every long stretch of work, and beside it every long sleep that was not one for events."""

    def __init__(self) -> None:
        self._queue = _waits()
        self._waited = _waited(self._queue)
        self.asleep: list[Stretch] = []
        super().__init__()

    def stop(self) -> None:
        """End watching."""
        super().stop()
        if self._queue is not None:
            os.close(self._queue)
            self._queue = None

    def forget(self) -> None:
        """What came so far does not count."""
        self.long.clear()
        self.asleep.clear()

    def _beat(self) -> None:
        wall, own = time.perf_counter() - self._last[0], time.thread_time() - self._last[1]
        waited = _waited(self._queue)
        slept = (wall - own - (waited - self._waited)) * 1000
        self._waited = waited
        if slept > ASLEEP_MS:
            self.asleep.append(Stretch(self.step, wall * 1000, slept, self._stacks))
        super()._beat()
        if len(self.long) > 2 * WORST:  # what watches must not be what grows
            self.long.sort(key=lambda one: -one.own)
            del self.long[WORST:]


def _waits() -> int | None:
    """Where Linux tells how long this thread waited for a processor; None elsewhere."""
    try:
        return os.open("/proc/thread-self/schedstat", os.O_RDONLY)
    except OSError:
        return None


def _waited(queue: int | None) -> float:
    """Seconds that this thread could have worked and had no processor."""
    return 0.0 if queue is None else int(os.pread(queue, 64, 0).split()[1]) / 1e9


def late(frames: Frames) -> list[str]:
    """Frozen frames, in sentences; the worst ones first."""
    worked = sorted((one for one in frames.long if one.step != OWN_WORK), key=lambda one: -one.own)
    slept = sorted((one for one in frames.asleep if one.step != OWN_WORK), key=lambda one: -one.own)
    frozen = [one for one in worked if one.own > (LOCK_MS if one.step == "lock" else FROZEN_MS)]
    return [
        *(f"held up for {one.own:.0f} ms on {one.step}: {one.stacks.most_common(1)}" for one in frozen[:5]),
        *(f"asleep for {one.own:.0f} ms on {one.step}: {one.stacks.most_common(1)}" for one in slept[:5]),
    ]
