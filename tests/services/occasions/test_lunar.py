"""The packed calendar equals the Hong Kong Observatory's, both ways."""

from __future__ import annotations

import csv
import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.occasions import lunar
from rmdesk.services.occasions.lunar import LunarDay

START, END = date(1900, 1, 31), date(2101, 1, 28)


@pytest.mark.parametrize(
    ("solar", "expected"),
    [
        (date(1900, 1, 31), LunarDay(1900, 1, 1)),
        (date(1978, 9, 17), LunarDay(1978, 8, 15)),
        (date(2033, 12, 22), LunarDay(2033, 11, 1, True)),
        (date(2034, 1, 20), LunarDay(2033, 12, 1)),
        (date(2026, 11, 21), LunarDay(2026, 10, 13)),
        (date(2025, 7, 25), LunarDay(2025, 6, 1, True)),
        (date(2057, 9, 28), LunarDay(2057, 9, 1)),
        (date(2101, 1, 28), LunarDay(2100, 12, 29)),
    ],
)
def test_known_days(solar: date, expected: LunarDay) -> None:
    assert lunar.to_lunar(solar) == expected
    assert lunar.to_solar(*expected) == solar


def test_the_observatory_agrees(shared_data: Path) -> None:
    with (shared_data / "lunar" / "hko_gregorian_lunar_sample_1940_2030_by_10.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 3600
    for row in rows:
        expected = (int(row["lunar_year"]), int(row["lunar_month"]), int(row["lunar_day"]), row["leap"] == "1")
        assert lunar.to_lunar(date.fromisoformat(row["gregorian"])) == expected


def test_every_day_follows_the_day_before() -> None:
    day, before = START + timedelta(days=1), lunar.to_lunar(START)
    while day <= END:
        now = lunar.to_lunar(day)
        assert now.day == before.day + 1 or (now.day == 1 and before.day in (29, 30)), day
        before = now
        day += timedelta(days=1)


@given(st.dates(START, END))
def test_there_and_back(day: date) -> None:
    assert lunar.to_solar(*lunar.to_lunar(day)) == day


# SHA-256 of "solar year month day leap" of all 73,412 days, a line each, as sxtwl 2.0.7 tells them.
EVERY_DAY = "730c01113d723bb8f12375e752a0a378c5603a2a10e6dd2c314e3bf093b58d19"


def test_every_day_agrees_with_the_package_the_table_was_made_with() -> None:
    days = (START + timedelta(days) for days in range((END - START).days + 1))
    lines = ((day, lunar.to_lunar(day)) for day in days)
    told = "".join(f"{day} {one.year} {one.month} {one.day} {int(one.leap)}\n" for day, one in lines)
    assert hashlib.sha256(told.encode()).hexdigest() == EVERY_DAY


@pytest.mark.parametrize(
    ("year", "qingming", "solstice"),
    [
        (1901, date(1901, 4, 5), date(1901, 12, 22)),
        (1976, date(1976, 4, 4), date(1976, 12, 22)),
        (2021, date(2021, 4, 4), date(2021, 12, 21)),
        (2026, date(2026, 4, 5), date(2026, 12, 22)),
        (2027, date(2027, 4, 5), date(2027, 12, 22)),
    ],
)
def test_solar_terms(year: int, qingming: date, solstice: date) -> None:
    assert lunar.qingming(year) == qingming
    assert lunar.winter_solstice(year) == solstice


def test_solar_terms_keep_their_distance() -> None:
    for year in range(1901, 2101):
        assert (lunar.winter_solstice(year) - lunar.qingming(year)).days in (260, 261, 262)
        assert (lunar.qingming(year + 1) - lunar.qingming(year)).days in (365, 366)


def test_new_years_eve_is_the_day_before_the_new_year() -> None:
    assert lunar.new_years_eve(2026) == date(2027, 2, 5)
    for year in range(1900, 2100):
        assert lunar.new_years_eve(year) + timedelta(days=1) == lunar.to_solar(year + 1, 1, 1)


@pytest.mark.parametrize(
    "given_day", [(2026, 2, 30), (2026, 6, 1, True), (2026, 13, 1), (2026, 0, 1), (1899, 1, 1), (2101, 1, 1)]
)
def test_what_does_not_exist_is_refused(given_day: tuple[int, ...]) -> None:
    with pytest.raises(Refused):
        lunar.to_solar(given_day[0], given_day[1], given_day[2], bool(given_day[3:]))


@pytest.mark.parametrize("day", [START - timedelta(days=1), END + timedelta(days=1)])
def test_days_outside_the_table_are_refused(day: date) -> None:
    with pytest.raises(Refused):
        lunar.to_lunar(day)
