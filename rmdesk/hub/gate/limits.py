"""How often somebody may ask: a bucket for each device, person and address that fills at a steady rate. Each worker
counts for itself; what must hold over all of them (wrong passwords) is counted in the database (signing_in.py).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MOST_KEPT = 50_000  # buckets; the one asked least lately goes first


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_minute`."""

    burst: int
    per_minute: int


class Limiter:
    """Buckets by key, all with the same rate."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic, most: int = MOST_KEPT) -> None:
        self.rate = rate
        self._clock = clock
        self._most = most
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str, cost: float = 1.0) -> int:
        """0 when it may go on; else the seconds (whole, at least 1) after which it may."""
        now, fill = self._clock(), self.rate.per_minute / 60
        with self._lock:
            left, then = self._kept.pop(key, (float(self.rate.burst), now))
            left = min(float(self.rate.burst), left + (now - then) * fill)
            goes = left >= cost
            self._kept[key] = (left - cost if goes else left, now)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return 0 if goes else max(1, round((cost - left) / fill + 0.5))
