"""Lunar days in words: 三月初五 in Chinese, "lunar 3/5" in English."""

from __future__ import annotations

from datetime import date

from rmdesk.base import text
from rmdesk.services.occasions import lunar, terms
from rmdesk.services.occasions.lunar import LunarDay

_DIGITS = "一二三四五六七八九十"
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "腊")
_TENS = ("初", "十", "廿", "三")


def month_in_chinese(month: int, leap: bool = False) -> str:
    """正月, 闰六月, 腊月."""
    return f"{'闰' if leap else ''}{_MONTHS[month - 1]}月"


def day_in_chinese(day: int) -> str:
    """初一, 初十, 二十, 廿一, 三十."""
    if day in (10, 20, 30):
        return ("初十", "二十", "三十")[day // 10 - 1]
    return f"{_TENS[day // 10]}{_DIGITS[day % 10 - 1]}"


def month(number: int, leap: bool = False) -> str:
    """A lunar month in the language in use."""
    if text.language() == "zh_CN":
        return month_in_chinese(number, leap)
    return f"{'leap ' if leap else ''}month {number}"


def month_and_day(number: int, day: int | None, leap: bool = False) -> str:
    """A lunar day in the language in use: 闰六月初十, "lunar leap 6/10"; without a day the month alone."""
    if text.language() == "zh_CN":
        return month_in_chinese(number, leap) + ("" if day is None else day_in_chinese(day))
    if day is None:
        return f"lunar {month(number, leap)}"
    return f"lunar {'leap ' if leap else ''}{number}/{day}"


def whole(day: LunarDay) -> str:
    """As `month_and_day` of a day."""
    return month_and_day(day.month, day.day, day.leap)


def brief(day: LunarDay) -> str:
    """What stands under a day of a calendar: the month on its first day, else the day."""
    if text.language() == "zh_CN":
        return month_in_chinese(day.month, day.leap) if day.day == 1 else day_in_chinese(day.day)
    return f"L {'leap ' if day.leap else ''}{day.month}/{day.day}"


def code(day: LunarDay) -> str:
    """YYYY-MM-DD, with L behind it for a leap month: the form of files and of the command line."""
    return f"{day.year:04}-{day.month:02}-{day.day:02}{'L' if day.leap else ''}"


def both(day: date) -> str:
    """A solar day with its lunar one behind it, where that is known: 2027-03-02 (正月廿五)."""
    return f"{day.isoformat()} ({whole(lunar.to_lunar(day))})" if lunar.covers(day) else day.isoformat()


def small(day: date) -> str:
    """The small line of a calendar: a solar term, else the lunar day."""
    term = terms.term_on(day)
    if term is not None:
        return term.said
    return brief(lunar.to_lunar(day)) if lunar.covers(day) else ""


def whole_of(day: date) -> str:
    """The lunar day of a solar one in the language in use; empty where it is not known."""
    return whole(lunar.to_lunar(day)) if lunar.covers(day) else ""


def code_of(day: date) -> str:
    """The lunar day of a solar one as `code` writes it; empty where it is not known."""
    return code(lunar.to_lunar(day)) if lunar.covers(day) else ""
