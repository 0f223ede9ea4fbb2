"""Working days: Monday to Friday, but for the days that the State Council moved (resources/rules/workdays.toml)."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.services.rulebook import book


def is_workday(day: date) -> bool:
    """Whether banks' offices work on this day."""
    year = book("workdays").get(str(day.year), {})
    if day.weekday() < 5:
        return day not in year.get("off", ())
    return day in year.get("worked", ())


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
