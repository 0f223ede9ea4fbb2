"""Which days a report covers, and when a scheduled one falls due. Pure; numbers in resources/rules/reports.toml."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.reports.parts import Kind
from rmdesk.services.rulebook import book

SUNDAY = 6


def number(section: str, name: str) -> int:
    """A whole number of rules/reports.toml."""
    entry: Any = book("reports")[section][name]
    return int(entry["value"])


def last_week(day: date) -> tuple[date, date]:
    """Monday and Sunday of the last week that is over by the end of `day`."""
    sunday = day - timedelta((day.weekday() - SUNDAY) % 7)
    return sunday - timedelta(6), sunday


def last_month(day: date) -> tuple[date, date]:
    """First and last day of the last month that is over by the end of `day`."""
    tomorrow = day + timedelta(1)
    last = tomorrow.replace(day=1) - timedelta(1)
    return last.replace(day=1), last


def before(first: date, last: date) -> tuple[date, date]:
    """The days to hold a report against: the month before a whole month, else as many days just before."""
    if first.day == 1 and (last + timedelta(1)).day == 1:
        return last_month(first - timedelta(1))
    return first - (last - first) - timedelta(1), first - timedelta(1)


def span(kind: Kind, day: date, first: date | None = None, last: date | None = None) -> tuple[date, date]:
    """The days of a report: as asked for, else the last whole week or month; briefs and book are of one day.

    With only one end given, the other follows from the kind. Refused when the ends are the wrong way round, or too
    far apart.
    """
    if first is None and last is None:
        return _usual(kind, day)
    if first is None or last is None:
        given = first or last
        assert given is not None
        first, last = _around(kind, given, begins=first is not None)
    if last < first:
        raise Refused(
            N_("The report would end before it begins."), do=N_("Swap the two days."), field="to", code="usage"
        )
    most = number("span", "most_days")
    if (last - first).days >= most:
        raise Refused(
            N_("A report covers {days} days at most."),
            do=N_("Choose fewer days."),
            field="from",
            code="usage",
            days=most,
        )
    return first, last


def _usual(kind: Kind, day: date) -> tuple[date, date]:
    if kind in (Kind.BOOK, Kind.BRIEFS):
        return day, day
    return last_month(day) if kind is Kind.MONTHLY else last_week(day)


def _around(kind: Kind, given: date, *, begins: bool) -> tuple[date, date]:
    if kind in (Kind.BOOK, Kind.BRIEFS):
        return given, given
    if kind is Kind.MONTHLY:
        first = given.replace(day=1)
        following = (first + timedelta(31)).replace(day=1)
        return (given, following - timedelta(1)) if begins else (first, given)
    return (given, given + timedelta(6)) if begins else (given - timedelta(6), given)
