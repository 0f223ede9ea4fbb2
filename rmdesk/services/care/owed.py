"""What is owed to a client: open complaints with their legal clock, and promises that are due."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from rmdesk.base.record import record
from rmdesk.services.complaints import rules


@record
class Owed:
    """An open complaint or promise: received or made on, due on. A complaint's clock: `used` of `allowed` days."""

    since: date
    due: date
    used: int = 0
    allowed: int = 0


@lru_cache(maxsize=4096)  # many share a day, and the clock of an old one takes a step for each day
def complaint(received: date, allowed: int, day: date) -> Owed:
    """The clock of an open complaint on a day, counted as services/complaints does everywhere else."""
    return Owed(received, rules.due_on(received, allowed), rules.days_used(received, day), allowed)
