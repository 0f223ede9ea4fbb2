"""What the hub counts of itself, told in the text format that Prometheus reads. Numbers and codes, never values."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator

BOUNDS = (0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10)  # seconds


class Counts:
    """Counters of one worker."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counted: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()

    def add(self, name: str, by: float = 1, **labels: str) -> None:
        """Count something."""
        with self._lock:
            self._counted[name, tuple(sorted(labels.items()))] += by  # type: ignore[assignment]

    def took(self, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self.add("rmdesk_requests_total", route=route, status=str(status))
        self.add("rmdesk_request_seconds_sum", seconds, route=route)
        self.add("rmdesk_request_seconds_count", route=route)
        for bound in BOUNDS:
            if seconds <= bound:
                self.add("rmdesk_request_seconds_bucket", route=route, le=str(bound))
        self.add("rmdesk_request_seconds_bucket", route=route, le="+Inf")

    def lines(self) -> Iterator[str]:
        """The counters as text."""
        with self._lock:
            counted = sorted(self._counted.items())
        known = ""
        for (name, labels), value in counted:
            family = name.removesuffix("_sum").removesuffix("_count").removesuffix("_bucket")
            if family != known:
                known = family
                yield f"# TYPE {family} {'histogram' if family != name else 'counter'}"
            told = ",".join(f'{key}="{one}"' for key, one in labels)
            yield f"{name}{{{told}}} {value:g}" if told else f"{name} {value:g}"
