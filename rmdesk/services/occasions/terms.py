"""The 24 solar terms (节气) of 1900 to 2101 as a packed table, in Beijing time.

Made with the astronomical package sxtwl; 清明 and 冬至 agree with the table in lunar.py, which a test compares.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from rmdesk.services.rulebook import Words

FIRST, LAST = 1900, 2101
# The earliest day of the month on which each term falls, 小寒 in January first, two a month.
_EARLIEST = (4, 19, 3, 18, 4, 19, 4, 19, 4, 20, 4, 20, 6, 22, 6, 22, 6, 22, 7, 22, 6, 21, 6, 21)
_NAMES = (
    Words("Minor Cold", "小寒"), Words("Major Cold", "大寒"), Words("Start of Spring", "立春"),
    Words("Rain Water", "雨水"), Words("Awakening of Insects", "惊蛰"), Words("Spring Equinox", "春分"),
    Words("Qingming", "清明"), Words("Grain Rain", "谷雨"), Words("Start of Summer", "立夏"),
    Words("Grain Buds", "小满"), Words("Grain in Ear", "芒种"), Words("Summer Solstice", "夏至"),
    Words("Minor Heat", "小暑"), Words("Major Heat", "大暑"), Words("Start of Autumn", "立秋"),
    Words("End of Heat", "处暑"), Words("White Dew", "白露"), Words("Autumn Equinox", "秋分"),
    Words("Cold Dew", "寒露"), Words("Frost's Descent", "霜降"), Words("Start of Winter", "立冬"),
    Words("Minor Snow", "小雪"), Words("Major Snow", "大雪"), Words("Winter Solstice", "冬至"),
)  # fmt: skip
# Twelve hexadecimal digits a year, two bits a term from the lowest up: days after the earliest.
_DAYS = (
    "5aa665a65a566aaaa6aa9a5aaaaaaabaaa6aaaabbabbafaa5aa665a65aab6aaaa6aa9a5aaaaaaaaaaa6aaaabbabbafaa5aa665a65aab6aaa"
    "a6aa9a5aaaaaaaaaaa6aaaabbabbafaa56a665a65aab6aa6a6aa9a56aaaaaaaa9a5aaaabaabaaeaa569665a65aaa6aa6a6a69a566aaaaaaa"
    "9a5aaaabaabaaeaa569665a65aaa5aa6a6a65a566aaaaaaa9a5aaaabaabaaa6a569665a65aaa5aa6a6a65a566aaaa6aa9a5aaaabaabaaa6a"
    "555665a65aaa5aa665a65a566aaaa6aa9a5aaaaaaabaaa6a555665665aaa5aa665a65a566aaaa6aa9a5aaaaaaaaaaa6a555665665aaa5aa6"
    "65a65a566aaaa6aa9a5aaaaaaaaaaa6a555665665aaa5aa665a65a566aaaa6aa9a5aaaaaaaaaaa6a555665655aaa569665a65a566aa6a6aa"
    "9a56aaaaaaaa9a5a5556556559aa569665a65a556aa6a6a65a56aaaaaaaa9a5a5556556559aa569665a65a555aa6a6a65a566aaaa6aa9a5a"
    "5556556555aa569665a65a555aa665a65a566aaaa6aa9a5a55555565556a555665665a555aa665a65a566aaaa6aa9a5a55555565556a5556"
    "65665a555aa665a65a566aaaa6aa9a5a55555555556a555665665a555aa665a65a566aaaa6aa9a5a55555555556a555665655a555aa665a6"
    "5a566aa6a6aa9a5a55555555456a555655655a555a9665a65a566aa6a6a69a5655555555456a555655655a55569665a65a566aa6a6a65a56"
    "55555155455a555655655955569665a65a555aa6a5a65a5615555155455a555555655555569665665a555aa665a65a5615555155455a5555"
    "55655515555665665a555aa665a65a5615555155455a555555555515555665665a555aa665a65a5615555155455a55555555551555566566"
    "5a555aa665a65a5615555155455a555555555515555655655a555aa665a65a5615515155455a555555554515555655655a555a9665a65a56"
    "15515151455a555551554515555655655a55569665a65a56155151510556555551554505555655655955569665665a551551105105561555"
    "51554505555555655555569665665a55055110510556155551554505555555555515555665665a5505511051055615555155450555555555"
    "5515555665665a55055110510556155551554505555555555515555655655a55055110510556155551554505555555555515555655655a55"
    "055110510556155151514505555555554515555655655a55054110510556155151510505555551554515555655655a550141101105561551"
    "1051050155555155450555555565555501411011055515511051050155555155450555555555555501411011055505511051050115555155"
    "4505555555555555000110110555055110510501155551554505555555555515000110110555055110510501155551554505555555555515"
    "0001001005550551105105011551515145055555555555150001001005550541105105011551515145055555515545150001001005550541"
    "1051050115515051050555555155451500010010055501411011050115511051050555555155450500000010005501411011050015511051"
    "0501555551554505000000000055014110110500055110510501155551554505000000000055000110110500055110510501155551554505"
    "000000000015000100110500055110510501155551554505555555555515555655655a55"
)


def term_on(day: date) -> Words | None:
    """The solar term that begins on a day; None on other days and outside 1900 to 2101."""
    at = _terms(day.year).get((day.month, day.day)) if FIRST <= day.year <= LAST else None
    return None if at is None else _NAMES[at]


def terms_of(year: int) -> tuple[date, ...]:
    """The days of the 24 terms of a solar year, 小寒 first."""
    return tuple(date(year, month, day) for month, day in _terms(year))


@cache
def _terms(year: int) -> dict[tuple[int, int], int]:
    packed = int(_DAYS[12 * (year - FIRST) : 12 * (year - FIRST) + 12], 16)
    return {(at // 2 + 1, _EARLIEST[at] + (packed >> 2 * at & 3)): at for at in range(24)}
