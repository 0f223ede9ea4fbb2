"""Makes a report of any kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rmdesk.services.reports.parts import Kind, Report
from rmdesk.services.reports.weekly import weekly
from rmdesk.services.store.reads import Reads

MAKERS: dict[Kind, Callable[[Reads, date, date], Report]] = {
    Kind.WEEKLY: weekly,
}


def report(reads: Reads, kind: Kind, first: date, last: date) -> Report:
    """The report of this kind of these days."""
    return MAKERS[kind](reads, first, last)
