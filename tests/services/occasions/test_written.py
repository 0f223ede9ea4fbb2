"""Lunar days in words."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base import text
from rmdesk.services.occasions import written
from rmdesk.services.occasions.lunar import LunarDay


@pytest.mark.parametrize(
    ("day", "chinese", "english"),
    [
        (LunarDay(2027, 3, 5), "三月初五", "lunar 3/5"),
        (LunarDay(2026, 1, 10), "正月初十", "lunar 1/10"),
        (LunarDay(2026, 11, 11), "十一月十一", "lunar 11/11"),
        (LunarDay(2026, 12, 20), "腊月二十", "lunar 12/20"),
        (LunarDay(2026, 12, 29), "腊月廿九", "lunar 12/29"),
        (LunarDay(2026, 12, 30), "腊月三十", "lunar 12/30"),
        (LunarDay(2025, 6, 1, True), "闰六月初一", "lunar leap 6/1"),
    ],
)
def test_whole(day: LunarDay, chinese: str, english: str) -> None:
    assert written.whole(day) == english
    text.use("zh_CN")
    assert written.whole(day) == chinese


def test_the_small_line_of_a_calendar() -> None:
    text.use("zh_CN")
    assert written.small(date(2026, 11, 22)) == "小雪"
    assert written.small(date(2026, 11, 9)) == "十月"
    assert written.small(date(2026, 11, 21)) == "十三"
    assert written.small(date(1800, 1, 1)) == ""


def test_both_calendars() -> None:
    assert written.both(date(2026, 11, 21)) == "2026-11-21 (lunar 10/13)"
    assert written.both(date(2150, 1, 1)) == "2150-01-01"


def test_the_form_of_files() -> None:
    assert written.code_of(date(2025, 7, 25)) == "2025-06-01L"
    assert written.code_of(date(1900, 1, 1)) == ""
