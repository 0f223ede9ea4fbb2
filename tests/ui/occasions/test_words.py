"""Days as the screen says them."""

from __future__ import annotations

from rmdesk.base import text
from rmdesk.services.occasions.details import Details
from rmdesk.ui.occasions import words
from tests.conftest import TODAY


def test_what_was_entered_in_both_languages() -> None:
    lunar = Details(calendar="lunar", year=1966, month=3, day=5)
    assert words.recorded(lunar) == "lunar 3/5, 1966"
    assert words.recorded(Details(month=11)) == "November, day not known"
    assert words.recorded(Details(kind="festival", title="中秋")) == "lunar 8/15"
    text.use("zh_CN")
    assert words.recorded(lunar) == "1966 年 三月初五"
    assert words.recorded(Details(calendar="lunar", month=6, day=30, leap=True)) == "闰六月三十"


def test_the_preview_names_both_calendars_and_the_age() -> None:
    lunar = Details(calendar="lunar", year=1966, month=10, day=16)
    assert words.upcoming(lunar, TODAY) == ["2026-11-24 (lunar 10/16), turns 60"]
    assert words.other_calendar(lunar) == "1966-11-27"
    assert words.upcoming(Details(month=1), TODAY) == []


def test_both_days_are_foreseen() -> None:
    leap = Details(calendar="lunar", month=6, day=10, leap=True, both=True)
    assert len(words.upcoming(leap, TODAY)) == 2
