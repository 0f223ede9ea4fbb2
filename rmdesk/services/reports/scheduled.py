"""Which reports are due by themselves, and making them."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.services.occasions import workdays
from rmdesk.services.reports import queries, rules
from rmdesk.services.reports.parts import Kind, Report
from rmdesk.services.reports.settings import MONTHLY, WEEKLY
from rmdesk.services.settings import queries as settings
from rmdesk.services.store.reads import Reads

SWITCHES = {Kind.WEEKLY: WEEKLY, Kind.MONTHLY: MONTHLY}


def is_due(kind: Kind, day: date, latest: date | None) -> bool:
    """Whether the report of the last week or month is to be made on a day, when the newest kept one ends `latest`.

    A weekly one from Monday on, a monthly one from the first working day of the month on; missed days are made up for.
    """
    last = rules.span(kind, day)[1]
    if latest is not None and latest >= last:
        return False
    return day > last if kind is Kind.WEEKLY else day >= workdays.after(last, 1)


def due(reads: Reads, day: date | None = None) -> tuple[Kind, ...]:
    """The kinds that are switched on and due."""
    today, latest = day or clock.today(), queries.latest(reads)
    return tuple(
        kind
        for kind, switch in SWITCHES.items()
        if settings.value(reads, switch) and is_due(kind, today, latest.get(kind.value))
    )


def made_due(reads: Reads, day: date | None = None) -> tuple[Report, ...]:
    """The reports that are due."""
    from rmdesk.services.reports.making import report

    today = day or clock.today()
    return tuple(report(reads, kind, *rules.span(kind, today)) for kind in due(reads, today))
