"""Amounts and days in words short enough for a chip, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base import text
from rmdesk.services.care import words

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("minor", "currency", "chinese", "english"),
    [
        (120_000_000, "CNY", "120 万", "1.2 M"),
        (1_234_500, "CNY", "1.23 万", "12.3 K"),
        (99_900, "CNY", "999", "999"),
        (25_000_000_000, "CNY", "2.5 亿", "250 M"),
        (-50_000_000, "CNY", "−50 万", "−500 K"),
        (500_000, "CZK", "5,000 CZK", "5,000 CZK"),
        (30_000, "JPY", "3 万 JPY", "30 K JPY"),
    ],
)
def test_amounts_in_short(minor: int, currency: str, chinese: str, english: str) -> None:
    amount = words.Compact(minor, currency)
    assert str(amount).replace(NBSP, " ") == english
    text.use("zh_CN")
    assert str(amount).replace(NBSP, " ") == chinese


@pytest.mark.parametrize(("share", "expected"), [(-0.184, "−18"), (0.024, "+2"), (0.0, "+0")])
def test_changes_carry_their_sign(share: float, expected: str) -> None:
    assert words.percent(share) == expected


def test_a_maturity_that_has_passed_says_so() -> None:
    amount = words.Compact(1_000_000, "CNY")
    day = date(2026, 11, 21)
    assert str(words.matures("time", amount, date(2026, 11, 21), day)) == f"Time deposit 10{NBSP}K matures 11-21"
    assert str(words.matures("time", amount, date(2026, 11, 20), day)) == f"Time deposit 10{NBSP}K matured 11-20"
