"""Reads a day as people type it: 2026-11-30, 11-30, 30 November in Chinese, tomorrow, Friday, +3."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_

# Words that stand for a day near today; both languages always, as people mix them.
NEAR = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨": -1, "yesterday": -1,
    "今天": 0, "今": 0, "今日": 0, "today": 0,
    "明天": 1, "明": 1, "明日": 1, "tomorrow": 1, "tmr": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*(d|w|m|天|日|周|星期|个?月)?")
_WEEKDAY = re.compile(r"(上|下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_NUMBERS = re.compile(r"(?:(\d{4})[-./年]\s*)?(\d{1,2})(?:[-./月]\s*(\d{1,2})日?|日)")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
YEARS = range(1900, 2101)


def read(typed: str, today: date) -> date | None:
    """The day that was typed; None for nothing. Without a year: the nearest such day. Refused in words otherwise.

    A day that does not exist, such as 30 February, is never moved to a neighbour.
    """
    text = unicodedata.normalize("NFKC", typed).strip().lower()
    if not text:
        return None
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    found = _stepped(text, today) or _weekday(text, today) or _numbers(text, today)
    if found is None:
        raise Refused(
            N_("This is not a day."),
            do=N_("Write it as 2026-11-30, 11-30, tomorrow or +3."),
            code="bad_date",
        )
    if found.year not in YEARS:
        raise Refused(N_("The year must lie between 1900 and 2100."), code="bad_date")
    return found


def _stepped(text: str, today: date) -> date | None:
    """So many days, weeks or months from today."""
    found = _STEP.fullmatch(text)
    if found is None:
        return None
    count = int(found[2]) * (-1 if found[1] == "-" else 1)
    match found[3]:
        case "w" | "周" | "星期":
            return today + timedelta(weeks=count)
        case "m" | "月" | "个月":
            return months_on(today, count)
    return today + timedelta(days=count)


def _weekday(text: str, today: date) -> date | None:
    """周五 is this week's, as Chinese counts it; Friday is the next one after today."""
    found = _WEEKDAY.fullmatch(text)
    if found is not None:
        at = "一二三四五六日天".index(found[2])
        week = {"上": -1, "下": 1}.get(found[1] or "", 0)
        return today + timedelta(days=min(at, 6) - today.weekday() + 7 * week)
    if len(text) < 3:
        return None
    for at, name in enumerate(_ENGLISH):
        if name.startswith(text):
            return today + timedelta(days=(at - today.weekday() - 1) % 7 + 1)
    return None


def _numbers(text: str, today: date) -> date | None:
    if plain := _PLAIN.fullmatch(text):
        return real_day(int(plain[1]), int(plain[2]), int(plain[3]))
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    if found[3] is None:  # 5日: the day of this month
        return real_day(today.year, today.month, int(found[2])) if found[1] is None else None
    month, day = int(found[2]), int(found[3])
    return real_day(int(found[1]), month, day) if found[1] else _nearest(month, day, today)


def _nearest(month: int, day: int, today: date) -> date:
    """The day of this month nearest to today; 29 February only in years that have it."""
    real_day(2024, month, day)
    years = [year for year in range(today.year - 4, today.year + 5) if day <= monthrange(year, month)[1]]
    return min((date(year, month, day) for year in years), key=lambda one: abs((one - today).days))


def real_day(year: int, month: int, day: int) -> date:
    """The date; refused in words when the month or the day does not exist."""
    if not 1 <= month <= 12:
        raise Refused(N_("There is no month {month}."), code="bad_date", month=month)
    if not 1 <= year <= 9998:
        raise Refused(N_("The year must lie between 1900 and 2100."), code="bad_date")
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise Refused(
            N_("{year}-{month:02} has {length} days, so there is no {day}."),
            code="bad_date", year=year, month=month, day=day, length=length,
        )  # fmt: skip
    return date(year, month, day)


def months_on(day: date, count: int) -> date:
    """The same day so many months later or earlier, or the last day of a month that is too short."""
    month = min(max(day.year * 12 + day.month - 1 + count, 12), 9998 * 12)
    year, at = divmod(month, 12)
    return date(year, at + 1, min(day.day, monthrange(year, at + 1)[1]))
