"""Watches the main thread: how long it worked at a stretch without looking for the next event, and at what."""

from __future__ import annotations

import _thread
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

LEAST_MS = 4.0  # shorter stretches are not noted
EVERY_S = 0.002
# What the main thread is asked by (SIGBREAK on Windows): nothing is sent, Python only has it run the handler.
ASKED = getattr(signal, "SIGUSR2", None) or signal.Signals(21)
DEPTH = 6  # functions of rmdesk that are told of a stack


@dataclass(slots=True)
class Stretch:
    """Work without a pause: the step of the scenario, milliseconds by the clock and of the thread, the stacks."""

    step: str
    wall: float
    own: float
    stacks: Counter[str] = field(default_factory=Counter)


class Watch(QObject):
    """Notes every stretch that is worth it while it runs; `step` says what the scenario is doing.

    A timer beats every millisecond. When a beat comes late, something else had the thread meanwhile. What it was, the
    main thread tells itself as soon as it is in Python again: a thread that looks at another's frames keeps them, and
    what they hold dies on it then, widgets too.
    """

    def __init__(self) -> None:
        super().__init__()
        self.step = ""
        self.long: list[Stretch] = []
        self.count = 0
        self._stacks: Counter[str] = Counter()
        self._last = (time.perf_counter(), time.thread_time())
        self._running, self._asked = True, 0
        self._before = signal.signal(ASKED, self._tell)
        self._beats = QTimer(self, interval=1)
        self._beats.setTimerType(Qt.TimerType.PreciseTimer)
        self._beats.timeout.connect(self._beat)
        self._beats.start()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End watching."""
        self._beats.stop()
        self._running = False
        self._thread.join()
        signal.signal(ASKED, self._before)

    def _beat(self) -> None:
        now, (wall, own) = (time.perf_counter(), time.thread_time()), self._last
        self.count += 1
        if (now[0] - wall) * 1000 > LEAST_MS:
            self.long.append(Stretch(self.step, (now[0] - wall) * 1000, (now[1] - own) * 1000, self._stacks))
        if self._stacks:
            self._stacks = Counter()
        self._last = now

    def _sample(self) -> None:
        while self._running:
            if time.perf_counter() - self._last[0] > LEAST_MS / 2000:
                self._asked += 1
                _thread.interrupt_main(ASKED)
            time.sleep(EVERY_S)

    def _tell(self, _signal: int, frame: FrameType | None) -> None:
        asked, self._asked = self._asked, 0
        self._stacks[told(frame)] += asked


def told(frame: FrameType | None) -> str:
    """The innermost functions of rmdesk on a stack: one, and whoever called it."""
    names: list[str] = []
    while frame is not None and len(names) < DEPTH:
        code = frame.f_code
        if "rmdesk" in code.co_filename and "bench" not in code.co_filename.rsplit("rmdesk", 1)[-1]:
            names.append(f"{code.co_filename.rsplit('rmdesk/', 1)[-1]}:{code.co_qualname}")
        frame = frame.f_back
    return " < ".join(names) or "Qt"
