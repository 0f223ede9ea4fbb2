"""Days that nobody means: a year with a digit too few or too many. Numbers: resources/rules/profile.toml."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.rulebook import book


def check_year(day: date, field: str) -> date:
    """The day; Refused beside the field when it lies further off than a record of the desk ever does."""
    years = day.year - clock.today().year
    if years < -_number("back_years"):
        raise Refused(N_("This day is too long ago."), do=N_("Check the year."), field=field, code="too_old")
    if years > _number("ahead_years"):
        raise Refused(N_("This day is too far off."), do=N_("Check the year."), field=field, code="too_far")
    return day


def check_past(day: date, field: str) -> date:
    """The day; Refused beside the field when it is still to come, or too long ago."""
    if day > clock.today():
        raise Refused(
            N_("This day is still to come."), do=N_("Choose today or an earlier day."), field=field, code="future"
        )
    return check_year(day, field)


def check_birth_year(year: int, field: str) -> None:
    """Refused beside the field when nobody alive was born in this year, or nobody yet."""
    age = clock.today().year - year
    if age < 0:
        raise Refused(N_("This birthday lies in the future."), field=field, code="future")
    if age > _number("oldest"):
        raise Refused(N_("This day is too long ago."), do=N_("Check the year."), field=field, code="too_old")


def _number(name: str) -> int:
    return int(book("profile")["days"][name]["value"])
