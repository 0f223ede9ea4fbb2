"""How occasions are said on screen: kinds, days in both calendars, policies, ages."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import Calendar, Channel, DayPolicy, LeapPolicy, OccasionKind
from rmdesk.services.occasions import lunar, rules, written
from rmdesk.services.occasions.details import Details
from rmdesk.services.occasions.names import BIRTHDAYS, KINDS
from rmdesk.ui.kit import format

CHANNELS: dict[Channel, str] = {
    Channel.CHAT: N_("Message"),
    Channel.PHONE: N_("Call"),
    Channel.AT_CLIENT: N_("At the client's"),
    Channel.BRANCH: N_("In the branch"),
    Channel.VIDEO: N_("Video call"),
    Channel.EVENT: N_("Event"),
}
LEAP_POLICIES: dict[LeapPolicy, str] = {
    LeapPolicy.SAME: N_("in the month of the same number"),
    LeapPolicy.NEXT: N_("in the month after it"),
}
DAY_POLICIES: dict[DayPolicy, str] = {
    DayPolicy.LAST: N_("on the last day of the month"),
    DayPolicy.NEXT: N_("on the first day of the next month"),
}


def kind(code: OccasionKind) -> str:
    """The name of a kind of occasion."""
    return _(KINDS[code])


def channel(code: str) -> str:
    """The name of a channel."""
    return _(CHANNELS[Channel(code)]) if code in set(Channel) else code


def years(occasion: OccasionKind, count: int | None) -> str:
    """Age or number of years: turns 61, 10 years on; empty when not known."""
    if not count:
        return ""
    if occasion in BIRTHDAYS:
        return _("turns {age}").format(age=count)
    return plural("{count} year on", "{count} years on", count)


def both(day: date) -> str:
    """A day in both calendars: 2027-03-02 (lunar 1/25)."""
    moon = written.whole_of(day)
    return _("{day} ({lunar})").format(day=format.day(day), lunar=moon) if moon else format.day(day)


def recorded(details: Details) -> str:
    """The day as it was entered: lunar 3/5, 1966; 11-24; November, day not known."""
    if details.kind == OccasionKind.FESTIVAL:
        festival = rules.festivals().get(details.title or "")
        return "" if festival is None else festival_day(festival)
    if details.calendar == Calendar.LUNAR:
        said = written.month_and_day(details.month, details.day, details.leap)
    elif details.day is None:
        said = format.month_name(details.month)
    else:
        said = f"{details.month:02}-{details.day:02}"
    if details.year is not None:
        said = _("{day}, {year}").format(day=said, year=details.year)
    return _("{day}, day not known").format(day=said) if details.day is None else said


def festival_day(festival: rules.Festival) -> str:
    """When a festival is, in its own calendar; empty for those that no fixed day describes."""
    if festival.rule:
        return ""
    if festival.calendar == Calendar.LUNAR:
        return written.month_and_day(festival.month, festival.day)
    return f"{festival.month:02}-{festival.day:02}"


def other_calendar(details: Details) -> str:
    """The day a record began on in the other calendar; empty unless all of it is known."""
    if details.year is None or details.day is None or details.kind == OccasionKind.FESTIVAL:
        return ""
    if details.calendar == Calendar.LUNAR:
        return lunar.to_solar(details.year, details.month, details.day, details.leap).isoformat()
    return written.whole_of(date(details.year, details.month, details.day))


def upcoming(details: Details, today: date) -> list[str]:
    """The next days it falls on, in both calendars and with the age: two where both days are kept."""
    asked = rules.OccasionDay(
        details.month, details.day, details.calendar, details.year, details.leap, details.once, details.kind,
        details.title, details.leap_policy, details.day_policy, details.both,
    )  # fmt: skip
    from datetime import timedelta

    found = rules.occurrences(asked, today, today + timedelta(days=800))[: 2 if details.both else 1]
    said = []
    for day in found:
        count = years(OccasionKind(details.kind), rules.age_on(details.calendar, details.year, day))
        said.append(_("{day}, {years}").format(day=both(day), years=count) if count else both(day))
    return said
