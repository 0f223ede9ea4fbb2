"""Frames that come late: the main thread worked for long, or slept where it should have looked for events.

Judged by what the thread itself did. By the clock a machine with other work would freeze every program.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

from bench.watch import Stretch, Watch

FROZEN_MS = 100.0  # of the thread's own time: what a person sees as a window that does not answer
LOCK_MS = 500.0  # locking looks through all memory and gives it back: what was shown must be gone, and nobody waits
ASLEEP_MS = 400.0  # without work and with a processor to be had: it waits for a thread, a file or a server
WORST = 20  # stretches of a step that are kept
MOST = 1000  # stretches, before they are looked through
LOOK_S = 0.1  # how often the other threads are looked at
OWN_WORK = "robot"  # the step of what the robot does for itself


class Frames(Watch):
    """Notes every long stretch of work, and beside it every long sleep that was not one for events."""

    def __init__(self) -> None:
        self._queue = _waits()
        self._waited = _waited(self._queue)
        self._others, self._looked = _of_others(), time.perf_counter()
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
            # Who holds what this thread waits for, Python's own lock too, may itself have waited for a processor.
            now = _of_others()
            slept -= max((now[one] - self._others.get(one, 0.0) for one in now), default=0.0) * 1000
        if slept > ASLEEP_MS:
            self.asleep.append(Stretch(self.step, wall * 1000, slept, self._stacks))
        super()._beat()
        if self._last[0] - self._looked > LOOK_S:
            self._others, self._looked = _of_others(), self._last[0]
        if len(self.long) > MOST:  # what watches must not be what grows
            self.long[:] = worst(self.long)


def worst(found: list[Stretch]) -> list[Stretch]:
    """The longest of each step: a step that always takes long must not hide the others."""
    of_step: dict[str, list[Stretch]] = {}
    for one in sorted(found, key=lambda one: -one.own):
        of_step.setdefault(one.step, []).append(one)
    return [one for some in of_step.values() for one in some[:WORST]]


def _waits() -> int | None:
    """Where Linux tells how long this thread waited for a processor; None elsewhere."""
    try:
        return os.open("/proc/thread-self/schedstat", os.O_RDONLY)
    except OSError:
        return None


def _waited(queue: int | None) -> float:
    """Seconds that this thread could have worked and had no processor."""
    return 0.0 if queue is None else int(os.pread(queue, 64, 0).split()[1]) / 1e9


def _of_others() -> dict[str, float]:
    """How long each other thread of the program waited for a processor so far; nothing where nobody tells."""
    found = {}
    for task in Path("/proc/self/task").glob("*/schedstat"):
        with suppress(OSError):  # it has ended meanwhile
            found[task.parent.name] = int(task.read_text().split()[1]) / 1e9
    found.pop(str(threading.get_native_id()), None)
    return found


def late(frames: Frames) -> list[str]:
    """Frozen frames, in sentences; the worst ones first."""
    worked = sorted((one for one in frames.long if one.step != OWN_WORK), key=lambda one: -one.own)
    slept = sorted((one for one in frames.asleep if one.step != OWN_WORK), key=lambda one: -one.own)
    frozen = [one for one in worked if one.own > (LOCK_MS if one.step == "lock" else FROZEN_MS)]
    return [
        *(f"held up for {one.own:.0f} ms on {one.step}: {one.stacks.most_common(1)}" for one in frozen[:5]),
        *(f"asleep for {one.own:.0f} ms on {one.step}: {one.stacks.most_common(1)}" for one in slept[:5]),
    ]
