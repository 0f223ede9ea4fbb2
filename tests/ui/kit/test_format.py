"""Figures as a banker writes them, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base import text
from rmdesk.ui.kit import format

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("minor", "english", "chinese"),
    [
        (None, "–", "–"),
        (0, "0", "0"),
        (985_000, "9,850", "9,850"),
        (1_240_000_000, "12.4\N{NO-BREAK SPACE}M", "1,240\N{NO-BREAK SPACE}万"),
        (68_200_000_000, "682\N{NO-BREAK SPACE}M", "6.82\N{NO-BREAK SPACE}亿"),
        (-1_240_000_000, "−12.4\N{NO-BREAK SPACE}M", "−1,240\N{NO-BREAK SPACE}万"),
        (1_234_567, "12.3\N{NO-BREAK SPACE}K", "1.23\N{NO-BREAK SPACE}万"),
    ],
)
def test_money_at_a_glance(minor: int | None, english: str, chinese: str) -> None:
    assert format.short_amount(minor, "CNY") == english
    text.use("zh_CN")
    assert format.short_amount(minor, "CNY") == chinese


def test_money_to_the_last_unit() -> None:
    assert format.amount(124_000_050, "CNY", sign=True) == "¥\N{NO-BREAK SPACE}1,240,000.50"
    assert format.amount(-5, "JPY") == "−5"
    assert format.amount(None, "CNY") == "–"


@pytest.mark.parametrize(
    ("share", "plain", "change"),
    [(0.18, "18%", "+18%"), (-0.182, "−18%", "−18%"), (-0.001, "0%", "0%"), (None, "–", "–"), (float("nan"), "–", "–")],
)
def test_percentages(share: float | None, plain: str, change: str) -> None:
    assert format.percent(share) == plain
    assert format.percent(share, plus=True) == change


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (3, "in 3 days"), (-5, "5 days ago"), (400, "in 400 days")],
)
def test_how_far_a_day_is(days: int, said: str) -> None:
    assert format.days_ahead(TODAY + timedelta(days), TODAY) == said


def test_days() -> None:
    assert format.short_day(date(2026, 3, 4), TODAY) == "03-04"
    assert format.short_day(date(2025, 3, 4), TODAY) == "2025-03-04"
    assert format.long_day(TODAY) == "Sat 21 November"
    assert format.day(None) == "–"
    assert format.days(1) == "1 day"


@given(st.integers(-(10**15), 10**15))
def test_no_hyphen_stands_for_a_minus(minor: int) -> None:
    assert "-" not in format.short_amount(minor, "CNY") + format.amount(minor, "CNY")


@pytest.mark.parametrize(("number", "kind"), [(0.1, "good"), (-0.1, "risk"), (0.001, "plain"), (None, "plain")])
def test_the_colour_of_a_change(number: float | None, kind: str) -> None:
    assert format.sign_kind(number) == kind
