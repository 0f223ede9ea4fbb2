"""Round numbers for an axis."""

from __future__ import annotations

import math
from datetime import date


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values from below `low` to above `high`, about so many; always at least two."""
    if high - low <= 1e-9 * max(1.0, abs(low), abs(high)):  # as good as equal: steps that small are no longer round
        high = low + (abs(low) if abs(low) > 1e-9 else 1)
    raw = (high - low) / max(1, about)
    power = 10 ** math.floor(math.log10(raw))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= raw * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [at * step for at in range(first, last + 1)]


def months(first: date, last: date, most: int = 6) -> list[date]:
    """First days of months between two days, at most so many, evenly apart."""
    start = first.year * 12 + first.month - 1 + (first.day > 1)
    end = last.year * 12 + last.month - 1
    count = end - start + 1
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60, 120) if count / size <= most), 240)
    first_on = start + (-start) % step
    return [date(month // 12, month % 12 + 1, 1) for month in range(first_on, end + 1, step)]
