"""When an occasion falls: solar and lunar, leap months, days that a month lacks, festivals.

Pure: everything needed comes in. Years outside the lunar table (1900-2100) have no lunar occurrences.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Protocol

from rmdesk.base import paths, text
from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.models.kinds import Calendar, DayPolicy, LeapPolicy, OccasionKind
from rmdesk.services.occasions import lunar


class Recurring(Protocol):
    """What `occurrences` needs of an occasion; the fields are those of models/occasions.py."""

    @property
    def kind(self) -> str: ...
    @property
    def calendar(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def month(self) -> int: ...
    @property
    def day(self) -> int | None: ...
    @property
    def leap(self) -> bool: ...
    @property
    def once(self) -> bool: ...
    @property
    def title(self) -> str | None: ...
    @property
    def leap_policy(self) -> str: ...
    @property
    def day_policy(self) -> str: ...
    @property
    def both(self) -> bool: ...


@record
class OccasionDay:
    """An occasion's day by itself, to ask `occurrences` about."""

    month: int
    day: int | None
    calendar: str = Calendar.SOLAR
    year: int | None = None
    leap: bool = False
    once: bool = False
    kind: str = OccasionKind.CUSTOM
    title: str | None = None
    leap_policy: str = LeapPolicy.SAME
    day_policy: str = DayPolicy.LAST
    both: bool = False


@record
class Festival:
    """A festival by its Chinese name; `rule` names the ones that no fixed day describes."""

    name: str
    en: str
    calendar: str = ""
    month: int = 0
    day: int = 0
    rule: str = ""

    @property
    def said(self) -> str:
        """The name in the language in use."""
        return self.name if text.language() == "zh_CN" else self.en


@cache
def festivals() -> dict[str, Festival]:
    """The festivals of resources/rules/festivals.toml, by Chinese name."""
    data = tomllib.loads(paths.resource("rules", "festivals.toml").read_text(encoding="utf-8"))
    return {name: Festival(name, **entry) for name, entry in data["festivals"].items()}


def occurrences(occasion: Recurring, start: date, end: date) -> list[date]:
    """The days from `start` to `end`, both included, on which the occasion falls, in order.

    None without a known day, nor before the year it began in. Rules (domain §5): a birthday in a leap month falls in
    the month of the same number (or the next) in years without it; the 30th of a month of 29 days, and 29 February,
    on the last day (or the first of the next month); `both` keeps both, and an ordinary month's day in its leap month.
    """
    return [day for year, day in whenever(occasion, start, end) if has_begun(occasion.year, year, occasion.once)]


def whenever(occasion: Recurring, start: date, end: date) -> tuple[tuple[int, date], ...]:
    """The days as of `occurrences` with the year they are in by their calendar, whatever year the occasion began."""
    if occasion.kind == OccasionKind.FESTIVAL and occasion.title in festivals():
        return _festival_days(occasion.title, start, end)
    if occasion.day is None:
        return ()
    return _days(
        occasion.calendar, occasion.month, occasion.day, occasion.leap,
        occasion.leap_policy, occasion.day_policy, occasion.both, start, end,
    )  # fmt: skip


def has_begun(began: int | None, year: int, once: bool) -> bool:
    """Whether what began in a year is kept in another: only then with `once`, else from then on; always if unknown."""
    return began is None or (year == began if once else year >= began)


def age_on(calendar: str, year: int | None, day: date) -> int | None:
    """Years completed by an occurrence of an occasion that began in `year`; None when unknown or not yet begun."""
    if year is None:
        return None
    years = (lunar.to_lunar(day).year if calendar == Calendar.LUNAR else day.year) - year
    return years if years >= 0 else None


def is_round(age: int | None, ages: tuple[int, ...]) -> bool:
    """Whether a birthday is one of the round ones (60, 66, 70, 80 as shipped)."""
    return age in ages


def festival_days(start: date, end: date) -> list[tuple[date, Festival]]:
    """All festivals from `start` to `end`, in order."""
    found = [
        (day, festival) for name, festival in festivals().items() for _year, day in _festival_days(name, start, end)
    ]
    return sorted(found, key=lambda pair: pair[0])


@lru_cache(maxsize=1024)
def _festival_days(name: str, start: date, end: date) -> tuple[tuple[int, date], ...]:
    """(year, day) of each; the year is that of the festival's calendar."""
    festival = festivals()[name]
    if not festival.rule:
        return _days(
            festival.calendar, festival.month, festival.day, False, LeapPolicy.SAME, DayPolicy.LAST, False, start, end
        )
    rule = {
        "qingming": lunar.qingming,
        "winter_solstice": lunar.winter_solstice,
        "new_years_eve": lunar.new_years_eve,
    }[festival.rule]
    years = range(max(start.year - 1, lunar.FIRST), min(end.year, lunar.LAST) + 1)
    return tuple((year, rule(year)) for year in years if start <= rule(year) <= end)


# Thousands of clients share a few hundred days of the year, and all are asked about the same window.
@lru_cache(maxsize=8192)
def _days(
    calendar: str, month: int, day: int, leap: bool, leap_policy: str, day_policy: str, both: bool,
    start: date, end: date,
) -> tuple[tuple[int, date], ...]:  # fmt: skip
    """(year, day) of each occurrence, in the order of the days."""
    if calendar == Calendar.LUNAR:
        years = range(max(start.year - 1, lunar.FIRST), min(end.year, lunar.LAST) + 1)
        found = {
            (year, solar)
            for year in years
            for number, is_leap in _months(year, month, leap, leap_policy, both)
            for solar in _lunar_days(year, number, is_leap, day, day_policy, both)
        }
    else:
        years = range(max(start.year - 1, 1), min(end.year, 9998) + 1)
        found = {(year, solar) for year in years for solar in _solar_days(year, month, day, day_policy, both)}
    return tuple(sorted((pair for pair in found if start <= pair[1] <= end), key=lambda pair: pair[1]))


def _months(year: int, month: int, leap: bool, policy: str, both: bool) -> Iterator[tuple[int, bool]]:
    """The lunar months of a year in which an occasion is kept, as (number, is leap)."""
    has_leap = lunar.leap_month(year) == month
    if leap and has_leap:
        yield month, True
        if both:
            yield month, False
    elif leap:
        if both or policy == LeapPolicy.SAME:
            yield month, False
        if both or policy == LeapPolicy.NEXT:
            yield month % 12 + 1, False
    else:
        yield month, False
        if both and has_leap:
            yield month, True


def _lunar_days(year: int, month: int, leap: bool, day: int, policy: str, both: bool) -> Iterator[date]:
    try:
        length = lunar.month_length(year, month, leap)
    except Refused:
        return
    if day <= length:
        yield lunar.to_solar(year, month, day, leap)
    elif day == 30:
        last = lunar.to_solar(year, month, length, leap)
        if both or policy == DayPolicy.LAST:
            yield last
        if both or policy == DayPolicy.NEXT:
            yield last + timedelta(days=1)


def _solar_days(year: int, month: int, day: int, policy: str, both: bool) -> Iterator[date]:
    if not 1 <= month <= 12 or day < 1:
        return
    last = date(year, month, monthrange(year, month)[1])
    if day <= last.day:
        yield last.replace(day=day)
    elif (month, day) == (2, 29):
        if both or policy == DayPolicy.LAST:
            yield last
        if both or policy == DayPolicy.NEXT:
            yield last + timedelta(days=1)
