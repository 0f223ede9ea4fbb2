"""Costs as typed and as shown."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.services.gifts import amounts
from rmdesk.services.gifts.shown import Shown


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("380", 38_000, "CNY"),
        ("¥380", 38_000, "CNY"),
        ("￥1,280.50", 128_050, "CNY"),
        ("380 元", 38_000, "CNY"),
        ("３８０", 38_000, "CNY"),
        ("USD 50", 5_000, "USD"),
        ("50 usd", 5_000, "USD"),
        ("$50", 5_000, "USD"),
        ("JPY 500", 500, "JPY"),
        ("0", 0, "CNY"),
    ],
)
def test_a_cost_is_read_as_typed(text: str, minor: int, currency: str) -> None:
    assert amounts.typed(text, "CNY") == Money(minor, currency)


@pytest.mark.parametrize(
    "text", ["abc", "-1", "1.234", "12 34x", "CNY", "1e5", "¥", "USD 5 EUR", "99999999999", "JPY 0.5"]
)
def test_anything_else_is_refused_beside_the_field(text: str) -> None:
    with pytest.raises(Refused) as refused:
        amounts.typed(text, "CNY")
    assert refused.value.field == "cost"
    assert refused.value.said
    assert refused.value.advice


def test_nothing_is_unknown_not_zero() -> None:
    assert amounts.typed("  ", "CNY") is None
    assert amounts.written(None, None, "CNY") == ""


@given(st.integers(0, 10**8), st.sampled_from(["CNY", "USD", "JPY", "KWD"]))
def test_what_is_written_reads_back(minor: int, currency: str) -> None:
    if Money(minor, currency).amount <= 1_000_000:
        assert amounts.typed(amounts.written(minor, currency, "CNY"), "CNY") == Money(minor, currency)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        found = amounts.typed(text, "CNY")
        assert found is None or found.minor >= 0


def test_an_amount_is_shown_short_but_whole() -> None:
    assert str(Shown(62_000, "CNY")) == "¥\N{NO-BREAK SPACE}620"
    assert str(Shown(62_050, "CNY")) == "¥\N{NO-BREAK SPACE}620.50"
