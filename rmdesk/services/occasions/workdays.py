"""Holidays and working days: Monday to Friday, but for the days that the State Council moved.

The schedules are in resources/rules/holidays.json. A year without one has plain weekends, which `note_for` says.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache

from rmdesk.base import paths
from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase
from rmdesk.services.rulebook import Words


@record
class _Schedules:
    years: frozenset[int]
    off: dict[date, Words]
    worked: dict[date, Words]


def is_workday(day: date) -> bool:
    """Whether banks' offices work on this day."""
    schedules = _schedules()
    return day not in schedules.off if day.weekday() < 5 else day in schedules.worked


def holiday(day: date) -> Words | None:
    """The name of the statutory holiday this day is free for, weekend days of it included; None for none."""
    return _schedules().off.get(day)


def moved(day: date) -> Words | None:
    """The name of the holiday a weekend day is worked for (调休上班); None for other days."""
    return _schedules().worked.get(day)


def is_known(year: int) -> bool:
    """Whether the holidays of a year are published and known here."""
    return year in _schedules().years


def note_for(first: date, last: date) -> Phrase | None:
    """What to say beside working days that were counted over years without a schedule; None when all are known."""
    unknown = [year for year in range(first.year, last.year + 1) if not is_known(year)]
    if not unknown:
        return None
    return phrase("The holidays of {year} are not known yet: only weekends count as free.", year=unknown[0])


def after(day: date, count: int) -> date:
    """The day that is `count` working days after `day`; the day itself for 0."""
    while count:
        day += timedelta(1)
        count -= is_workday(day)
    return day


def before(day: date, count: int) -> date:
    """The day that is `count` working days before `day`; the day itself for 0."""
    while count:
        day -= timedelta(1)
        count -= is_workday(day)
    return day


def between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and including `last`; 0 when `last` is not later."""
    return sum(is_workday(first + timedelta(ahead)) for ahead in range(1, (last - first).days + 1))


@cache
def _schedules() -> _Schedules:
    data = json.loads(paths.resource("rules", "holidays.json").read_text(encoding="utf-8"))
    english = data["english"]

    def days(named: dict[str, str]) -> dict[date, Words]:
        return {date.fromisoformat(day): Words(en=english[name], zh=name) for day, name in named.items()}

    return _Schedules(frozenset(data["years"]), days(data["off"]), days(data["worked"]))
