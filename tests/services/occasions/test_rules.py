"""An occasion falls where custom and the client's own choice put it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.models.kinds import Calendar, DayPolicy, LeapPolicy, OccasionKind
from rmdesk.services.occasions import lunar, rules
from rmdesk.services.occasions.rules import OccasionDay, occurrences

LUNAR = Calendar.LUNAR


@pytest.mark.parametrize(
    ("occasion", "start", "end", "expected"),
    [
        (OccasionDay(11, 24), "2026-11-21", "2026-11-28", ["2026-11-24"]),
        (OccasionDay(11, 21), "2026-11-21", "2026-11-21", ["2026-11-21"]),
        (OccasionDay(1, 2), "2026-12-20", "2027-01-05", ["2027-01-02"]),
        (OccasionDay(2, 29), "2027-01-01", "2028-12-31", ["2027-02-28", "2028-02-29"]),
        (OccasionDay(2, 29, day_policy=DayPolicy.NEXT), "2027-01-01", "2027-12-31", ["2027-03-01"]),
        (OccasionDay(2, 29, both=True), "2027-01-01", "2027-12-31", ["2027-02-28", "2027-03-01"]),
        (OccasionDay(2, 30), "2027-01-01", "2028-12-31", []),
        (OccasionDay(5, None), "2026-01-01", "2026-12-31", []),
        (OccasionDay(6, 7, year=2027, once=True), "2026-01-01", "2029-12-31", ["2027-06-07"]),
        (OccasionDay(6, 7, year=2028), "2026-01-01", "2029-12-31", ["2028-06-07", "2029-06-07"]),
        # 1978: the Mid-Autumn day on which lunar packages differ
        (OccasionDay(8, 15, LUNAR), "1978-01-01", "1978-12-31", ["1978-09-17"]),
        # Born in leap month 6 (2025): in a year without it, month 6, or month 7, or both
        (OccasionDay(6, 10, LUNAR, leap=True), "2025-01-01", "2025-12-31", ["2025-08-03"]),
        (OccasionDay(6, 10, LUNAR, leap=True), "2026-01-01", "2026-12-31", ["2026-07-23"]),
        (
            OccasionDay(6, 10, LUNAR, leap=True, leap_policy=LeapPolicy.NEXT),
            "2026-01-01", "2026-12-31", ["2026-08-22"],
        ),
        (OccasionDay(6, 10, LUNAR, leap=True, both=True), "2026-01-01", "2026-12-31", ["2026-07-23", "2026-08-22"]),
        # Born in an ordinary month 6: the leap month counts only for those who keep both
        (OccasionDay(6, 10, LUNAR), "2025-01-01", "2025-12-31", ["2025-07-04"]),
        (OccasionDay(6, 10, LUNAR, both=True), "2025-01-01", "2025-12-31", ["2025-07-04", "2025-08-03"]),
        # 腊月三十 is New Year's Eve also in years whose last month has 29 days (lunar 2025)
        (OccasionDay(12, 30, LUNAR), "2026-01-01", "2026-03-01", ["2026-02-16"]),
        (OccasionDay(12, 30, LUNAR, day_policy=DayPolicy.NEXT), "2026-01-01", "2026-03-01", ["2026-02-17"]),
        # The twelfth lunar month of one year lies in the next solar year
        (OccasionDay(12, 8, LUNAR), "2027-01-01", "2027-01-31", ["2027-01-15"]),
    ],
)  # fmt: skip
def test_occurrences(occasion: OccasionDay, start: str, end: str, expected: list[str]) -> None:
    found = occurrences(occasion, date.fromisoformat(start), date.fromisoformat(end))
    assert [day.isoformat() for day in found] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("春节", "2026-02-17"), ("元宵", "2026-03-03"), ("清明", "2026-04-05"), ("端午", "2026-06-19"),
        ("七夕", "2026-08-19"), ("中秋", "2026-09-25"), ("重阳", "2026-10-18"), ("冬至", "2026-12-22"),
        ("腊八", "2026-01-26"), ("除夕", "2026-02-16"), ("国庆", "2026-10-01"),
    ],
)  # fmt: skip
def test_festivals_of_2026(name: str, expected: str) -> None:
    occasion = OccasionDay(1, 1, kind=OccasionKind.FESTIVAL, title=name)
    assert [day.isoformat() for day in occurrences(occasion, date(2026, 1, 1), date(2026, 12, 31))] == [expected]
    assert (date.fromisoformat(expected), name) in [
        (day, festival.name) for day, festival in rules.festival_days(date(2026, 1, 1), date(2026, 12, 31))
    ]


@given(
    st.dates(date(1902, 1, 1), date(2099, 1, 1)),
    st.integers(1, 12),
    st.integers(1, 30),
    st.booleans(),
    st.sampled_from(LeapPolicy),
    st.sampled_from(DayPolicy),
    st.booleans(),
)
def test_a_lunar_day_comes_back_every_year(
    start: date, month: int, day: int, leap: bool, leap_policy: LeapPolicy, day_policy: DayPolicy, both: bool
) -> None:
    occasion = OccasionDay(
        month % 11 + 1, day, LUNAR, leap=leap, leap_policy=leap_policy, day_policy=day_policy, both=both
    )
    found = occurrences(occasion, start, start + timedelta(days=420))
    assert found == sorted(set(found))
    assert found
    if not both:
        assert len(found) <= 2


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.dates(date(1901, 3, 1), date(2100, 1, 1)))
def test_a_window_cuts_what_a_longer_one_has(origin: date, start: date) -> None:
    occasion = OccasionDay(origin.month, origin.day)
    long = occurrences(occasion, start, start + timedelta(days=300))
    short = occurrences(occasion, start, start + timedelta(days=30))
    assert short == [day for day in long if day <= start + timedelta(days=30)]


@given(st.dates(date(1901, 1, 1), date(2060, 1, 1)))
def test_a_lunar_birthday_falls_on_its_own_day(born: date) -> None:
    is_day = lunar.to_lunar(born)
    occasion = OccasionDay(is_day.month, is_day.day, LUNAR, year=is_day.year, leap=is_day.leap)
    assert occurrences(occasion, born, born) == [born]


def test_age() -> None:
    assert rules.age_on(Calendar.SOLAR, 1974, date(2026, 11, 22)) == 52
    assert rules.age_on(LUNAR, 1966, date(2027, 1, 15)) == 60  # still lunar 2026
    assert rules.age_on(Calendar.SOLAR, None, date(2026, 11, 22)) is None
    assert rules.age_on(Calendar.SOLAR, 2030, date(2026, 11, 22)) is None
    assert rules.is_round(66, (60, 66, 70, 80))
    assert not rules.is_round(None, (60, 66, 70, 80))


def test_years_without_a_lunar_table_have_no_lunar_days() -> None:
    assert occurrences(OccasionDay(1, 1, LUNAR), date(2150, 1, 1), date(2151, 1, 1)) == []
