"""The Chinese lunar calendar from 1900 to 2100, and the two solar terms that are festivals, as packed tables.

A lunar year is numbered by the Gregorian year in which it begins. The tables were made with the astronomical package
sxtwl and agree with the Hong Kong Observatory's on every day; the tests compare them.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_

FIRST, LAST = 1900, 2100  # lunar years
_BEGINS, _ENDS = date(1900, 1, 31), date(2101, 1, 28)

# Six hexadecimal digits a year. Bits 0-12: which of its months, in their order, have 30 days; bits 13-16: the month
# after which a leap month follows, 0 for none; bits 17 and up: days from 1 January to the New Year's day.
_YEARS = (
    "3d16d26207524c0ea538b64a5c064b440a9b30955656056a400b592a57525007523adb25600b25480a4b32b4ab5802ad42056b2c4b69"
    "520da93efd92640e924c0d2536ba4d5c0a564602b62e95b55606d4400ea92c5e92500e923acd265e052b480a5732b2b6580b5a4406d4"
    "2e6ec95207493cf693620a934c052b34ca5b5a0aad46056a309b55560ba4400b492a5a93500a9538f52d5e0536480aad34b5aa5805b2"
    "420da52e7d4a540d4a3d0a95600a974c055636cab55a0ad54606d2308ea5560ea540064a286c974e0a9b3af55a5e056a480b6934b752"
    "5a0b52420b252c964b520a4b3d14ab6002ad4a056d36cb695c0da9460d92309d25560d25415a4d640a564e02b638c5b55e06d5480ea9"
    "34be925a0e92440d262c6a56500a573d14d662035a4a06d536b6c95c07494606932e952b54052b3e0a5b2a555a4e056a38fb55600ba4"
    "4a0b4932ba93580a9542052d2c8aad500ab53d35aa6205d24c0da536dd4a5c0d4a460c9530952e5405563e0ab52a55b25006d238cea5"
    "5e072548064b32ac97560cab42055a2c6ad6520b693d7752620b524c0b2536da4b5a0a4b4404ab2ea55b5405ad3e0b6a2a5b52500d92"
    "3afd255e0d25480a5532b4ad5804b64005b52c6daa520ec93f1e92620e924c0d2636ca565a0a574405562e86d5540755400749286e93"
    "4e069338f52b5e052b460a5b32b55a58056a420b652c974a520b4a3d1a95620a954a052d34caad5a0ab54605aa2e8ba5540da5400d4a"
    "2a7c954e0c9638f94e5e0556480ab532b5b25806d2420ea52e8e4a50068b3b0c976004ab4a055b34cad65a0b6a460752309725540b45"
    "3e0a8b28549b4e04ab"
)
# The last digit of the day in April (清明) and December (冬至), from 1900 on.
_QINGMING = (
    "55665566556655565556555655565556555655565556555555555555555555555555555555554555455545554555455545554"
    "55545554455445544554455445544554455445544454445444544454445444544454445444444444444444444444444444455"
)
_SOLSTICE = (
    "22332233223322332223222322232223222322232223222322232222222222222222222222222222222222221222122212221"
    "22212221222122212221122112211221122112211221122112211221112111211121112111211121112111211111111111122"
)


class LunarDay(NamedTuple):
    """A day of the lunar calendar; `leap`: the month is the leap month that follows the month of this number."""

    year: int
    month: int
    day: int
    leap: bool = False


class _Year(NamedTuple):
    """`begins`: proleptic ordinal of the New Year's day; `starts`: days from it to each month, and to the end."""

    begins: int
    leap: int
    starts: tuple[int, ...]


def covers(day: date) -> bool:
    """Whether the lunar day of a solar one is known: 1900-01-31 to 2101-01-28."""
    return _BEGINS <= day <= _ENDS


def to_lunar(day: date) -> LunarDay:
    """The lunar day of a solar one; Refused outside 1900-01-31 to 2101-01-28."""
    ordinal = day.toordinal()
    year = day.year
    found = _years().get(year)
    if found is None or ordinal < found.begins:
        year -= 1
        found = _years().get(year)
    if found is None or ordinal - found.begins >= found.starts[-1]:
        raise Refused(
            N_("The lunar day of {day} is not known here."),
            do=N_("Known are the days from {first} to {last}."),
            code="no_calendar", day=day, first=_BEGINS, last=_ENDS,
        )  # fmt: skip
    since = ordinal - found.begins
    place = bisect_right(found.starts, since) - 1
    within = since - found.starts[place] + 1
    if found.leap and place >= found.leap:
        return LunarDay(year, place, within, place == found.leap)
    return LunarDay(year, place + 1, within)


def to_solar(year: int, month: int, day: int, leap: bool = False) -> date:
    """The solar day of a lunar one; Refused when the year, the leap month or the day does not exist."""
    length = month_length(year, month, leap)
    if not 1 <= day <= length:
        raise Refused(
            N_("Lunar month {month} of {year} has {length} days."),
            code="no_such_day",
            month=month,
            year=year,
            length=length,
        )
    found = _years()[year]
    return date.fromordinal(found.begins + found.starts[_place(found, month, leap)] + day - 1)


def leap_month(year: int) -> int:
    """The month after which the leap month of a lunar year follows; 0 when it has none."""
    return _year(year).leap


def month_length(year: int, month: int, leap: bool = False) -> int:
    """29 or 30; Refused when the month does not exist in that year."""
    found = _year(year)
    if not 1 <= month <= 12 or (leap and found.leap != month):
        raise Refused(N_("There is no such month in lunar {year}."), code="no_such_month", year=year)
    place = _place(found, month, leap)
    return found.starts[place + 1] - found.starts[place]


def new_years_eve(year: int) -> date:
    """除夕, the last day of a lunar year."""
    found = _year(year)
    return date.fromordinal(found.begins + found.starts[-1] - 1)


def qingming(year: int) -> date:
    """清明 of a solar year, 1900 to 2101: the day the sun's longitude reaches 15 degrees, in Beijing time."""
    return date(year, 4, int(_QINGMING[_index(year)]))


def winter_solstice(year: int) -> date:
    """冬至 of a solar year, 1900 to 2101: the day the sun's longitude reaches 270 degrees, in Beijing time."""
    return date(year, 12, 20 + int(_SOLSTICE[_index(year)]))


def _place(year: _Year, month: int, leap: bool) -> int:
    """Where a month stands among the months of its year, from 0."""
    return month if leap or (year.leap and month > year.leap) else month - 1


def _year(year: int) -> _Year:
    found = _years().get(year)
    if found is None:
        raise _unknown(year)
    return found


def _index(year: int) -> int:
    if not FIRST <= year <= LAST + 1:
        raise _unknown(year)
    return year - FIRST


def _unknown(year: int) -> Refused:
    return Refused(
        N_("The lunar calendar of {year} is not known here."),
        do=N_("It covers {first} to {last}."),
        code="no_calendar", year=year, first=FIRST, last=LAST,
    )  # fmt: skip


@cache
def _years() -> dict[int, _Year]:
    return {year: _unpacked(year) for year in range(FIRST, LAST + 1)}


def _unpacked(year: int) -> _Year:
    at = 6 * (year - FIRST)
    packed = int(_YEARS[at : at + 6], 16)
    leap = packed >> 13 & 0xF
    starts = [0]
    for month in range(13 if leap else 12):
        starts.append(starts[-1] + 29 + (packed >> month & 1))
    begins = date(year, 1, 1) + timedelta(days=packed >> 17)
    return _Year(begins.toordinal(), leap, tuple(starts))
