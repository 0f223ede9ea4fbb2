"""Dates in all the ways banks write them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.imports import dates

DAYS = st.dates(date(1900, 3, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("1993-01-31", "ymd", date(1993, 1, 31)),
        ("1993/1/31", "ymd", date(1993, 1, 31)),
        ("19930131", "ymd", date(1993, 1, 31)),
        ("930131", "yymmdd", date(1993, 1, 31)),
        ("31.12.1997", "dmy", date(1997, 12, 31)),
        ("12/31/1997", "mdy", date(1997, 12, 31)),
        ("1997年12月31日", "ymd", date(1997, 12, 31)),
        ("１９９７-１２-３１", "ymd", date(1997, 12, 31)),
        ("2024-12-30 17:16:02", "ymd", date(2024, 12, 30)),
        ("2024-12-30T17:16:02", "ymd", date(2024, 12, 30)),
        ("20241230171602", "ymd", date(2024, 12, 30)),
        ("31-Dec-1997", "dmy", date(1997, 12, 31)),
        ("Dec 31, 1997", "ymd", date(1997, 12, 31)),
        ("97-12-31", "ymd", date(1997, 12, 31)),
        (date(1997, 12, 31), "ymd", date(1997, 12, 31)),
        (datetime(1997, 12, 31, 8, 5), "ymd", date(1997, 12, 31)),  # noqa: DTZ001
        (35795, "serial", date(1997, 12, 31)),
        ("35795", "serial", date(1997, 12, 31)),
        (35795.0, "ymd", date(1997, 12, 31)),
        (34333, "serial1904", date(1997, 12, 31)),
        (19971231.0, "ymd", date(1997, 12, 31)),
        (930131, "yymmdd", date(1993, 1, 31)),
        ("1997-02-29", "ymd", None),
        ("12/29", "ymd", None),
        ("0001-01-01", "ymd", None),
        ("9999-12-31", "ymd", None),
        ("soon", "ymd", None),
        (time(8, 5), "ymd", None),
        (True, "ymd", None),
        (None, "ymd", None),
        (1e300, "ymd", None),
        ("1e9999", "serial", None),
    ],
)
def test_day_of_a_cell(cell: Any, order: str, day: date | None) -> None:
    assert dates.day_of(cell, order) == day


@given(day=DAYS, form=st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M"]))
def test_year_first_is_read_back(day: date, form: str) -> None:
    assert dates.day_of(day.strftime(form)) == day


@given(day=DAYS, order=st.sampled_from(["dmy", "mdy"]), mark=st.sampled_from(["/", ".", "-"]))
def test_other_orders_are_read_back(day: date, order: str, mark: str) -> None:
    form = mark.join({"dmy": ("%d", "%m", "%Y"), "mdy": ("%m", "%d", "%Y")}[order])
    assert dates.day_of(day.strftime(form), order) == day


@given(days=st.lists(DAYS, min_size=1, max_size=40), order=st.sampled_from(["dmy", "mdy"]))
def test_order_of_a_column_is_told_by_days_past_the_twelfth(days: list[date], order: str) -> None:
    form = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    cells = [day.strftime(form) for day in days]
    found, share = dates.order_of(cells)
    assert share == 1.0
    if any(day.day > 12 for day in days):
        assert [dates.day_of(cell, found) for cell in cells] == days


@given(st.text(max_size=30))
def test_no_text_makes_it_fail(text: str) -> None:
    for order in dates.ORDERS:
        assert dates.day_of(text, order) is None or isinstance(dates.day_of(text, order), date)
        dates.birth_of(text, order)
        dates.month_of(text, order)
    dates.czech_birth(text)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("1970-12-13", "1970-12-13"),
        ("19701213", "1970-12-13"),
        ("--0203", "---02-03"),
        ("--02-03", "---02-03"),
        ("2月3日", "---02-03"),
        ("1604-02-03", "---02-03"),
        ("1970-12", "1970-12"),
        ("1970年12月", "1970-12"),
        ("circa 1800", None),
        ("--1332", None),
    ],
)
def test_birth_dates_may_lack_year_or_day(cell: str, kept: str | None) -> None:
    assert dates.birth_of(cell) == kept


@pytest.mark.parametrize(
    ("cell", "month"),
    [("1993-01-31", 0), ("199301", 0), (199301.0, 0), ("1993年1月", 0), ("1993-12", 11), ("1993-13", None), ("", None)],
)
def test_month_of_a_cell(cell: Any, month: int | None) -> None:
    assert dates.month_of(cell) == (None if month is None else 1993 * 12 + month)


def test_women_have_fifty_more_in_czech_birth_numbers() -> None:
    assert dates.czech_birth("706213") == ("1970-12-13", "F")
    assert dates.czech_birth("450204") == ("1945-02-04", "M")
    assert dates.czech_birth("451304") is None
