"""What may be entered about an occasion, and what is refused in words beside the field."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import Calendar, DayPolicy, LeapPolicy, OccasionKind
from rmdesk.services.occasions import lunar, rules
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.rulebook import book

FIRST_YEAR, LAST_YEAR = 1900, 2100
# The most days a solar month can have, whatever the year.
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Details:
    """An occasion as entered; the fields are those of models/occasions.py. Year and day may be unknown."""

    kind: str = OccasionKind.BIRTHDAY
    calendar: str = Calendar.SOLAR
    year: int | None = None
    month: int = 1
    day: int | None = None
    leap: bool = False
    once: bool = False
    leap_policy: str = LeapPolicy.SAME
    day_policy: str = DayPolicy.LAST
    both: bool = False
    person: str | None = None
    person_id: str | None = None
    title: str | None = None
    lead_days: int | None = None
    note: str | None = None


DETAILS = tuple(field.name for field in fields(Details))


def checked(details: Details, today: date) -> Details:
    """The occasion as it is kept; Refused names the field: kind, year, month, day, leap, person, title, lead_days."""
    kind, calendar = OccasionKind(details.kind), Calendar(details.calendar)
    LeapPolicy(details.leap_policy), DayPolicy(details.day_policy)
    tidy = replace(
        details,
        kind=kind.value,
        person=check_text(details.person, "person", limit_of("line")) or None,
        title=check_text(details.title, "title", _number("title_most")) or None,
        note=check_text(details.note, "note") or None,
    )
    _check_words(tidy, kind)
    if kind is OccasionKind.FESTIVAL:
        return replace(
            tidy, calendar=Calendar.SOLAR, year=None, month=1, day=1, leap=False, once=False, person=None, both=False
        )
    _check_year(tidy, today)
    if not 1 <= details.month <= 12:
        raise Refused(N_("There is no month {month}."), field="month", code="bad_date", month=details.month)
    if calendar is Calendar.LUNAR:
        _check_lunar(tidy)
    else:
        _check_solar(tidy)
        tidy = replace(tidy, leap=False)
    return tidy


def _check_words(details: Details, kind: OccasionKind) -> None:
    if kind is OccasionKind.FESTIVAL and details.title not in rules.festivals():
        raise Refused(N_("Choose one of the festivals."), field="festival", code="no_festival")
    if kind is OccasionKind.RELATIVE_BIRTHDAY and not (details.person or details.person_id):
        raise Refused(N_("Whose birthday is it?"), do=N_("Write wife, son, or the name."), field="person", code="whose")
    if kind is OccasionKind.CUSTOM and not details.title:
        raise Refused(N_("Give the day a name."), field="title", code="no_title")
    most = _number("lead_most")
    if details.lead_days is not None and not 0 <= details.lead_days <= most:
        raise Refused(
            N_("The lead time is between 0 and {most} days."),
            field="lead_days",
            code="bad_lead",
            most=most,
            guide="occasions",
        )


def _check_year(details: Details, today: date) -> None:
    if details.year is None:
        if details.once:
            raise Refused(N_("A day that comes once needs its year."), field="year", code="no_year")
        return
    if not FIRST_YEAR <= details.year <= LAST_YEAR:
        raise Refused(N_("The year must lie between 1900 and 2100."), field="year", code="bad_date")
    if details.year > today.year and details.kind in (OccasionKind.BIRTHDAY, OccasionKind.RELATIVE_BIRTHDAY):
        raise Refused(N_("This birthday lies in the future."), field="year", code="bad_date")


def _check_solar(details: Details) -> None:
    if details.day is None:
        return
    most = LENGTHS[details.month - 1]
    if not 1 <= details.day <= most:
        raise Refused(
            N_("Month {month} has no day {day}: it never ends later than on day {most}."),
            do=N_("Correct the day, or choose the lunar calendar."),
            field="day",
            code="no_such_day",
            month=details.month,
            day=details.day,
            most=most,
        )
    if details.year is not None:
        try:
            date(details.year, details.month, details.day)
        except ValueError:
            raise Refused(
                N_("There was no 29 February in {year}."), field="day", code="no_such_day", year=details.year
            ) from None


def _check_lunar(details: Details) -> None:
    if details.day is not None and not 1 <= details.day <= 30:
        raise Refused(
            N_("A lunar month has at most 30 days, so there is no day {day}."),
            field="day",
            code="no_such_day",
            day=details.day,
        )
    if details.leap:
        _check_leap(details.month, details.year)
    if details.year is None or details.day is None:
        return
    length = lunar.month_length(details.year, details.month, details.leap)
    if details.day > length:
        raise Refused(
            N_("Lunar month {month} of {year} has {length} days."),
            do=N_("Correct the day or the year; in years without a 30th the policy below holds."),
            field="day",
            code="no_such_day",
            month=details.month,
            year=details.year,
            length=length,
        )


def _check_leap(month: int, year: int | None) -> None:
    if year is None:
        if month not in leap_months():
            raise Refused(
                N_("There is no leap month {month} between 1900 and 2100."), field="leap", code="no_such_month",
                month=month,
            )  # fmt: skip
        return
    has = lunar.leap_month(year)
    if has == 0:
        raise Refused(N_("Lunar {year} had no leap month."), field="leap", code="no_such_month", year=year)
    if has != month:
        raise Refused(
            N_("The leap month of lunar {year} follows month {has}, not month {month}."),
            field="leap",
            code="no_such_month",
            year=year,
            has=has,
            month=month,
        )


def leap_months() -> frozenset[int]:
    """The months that a leap month ever follows."""
    return frozenset(lunar.leap_month(year) for year in range(lunar.FIRST, lunar.LAST + 1)) - {0}


def _number(name: str) -> int:
    return int(book("occasions")["entry"][name]["value"])
