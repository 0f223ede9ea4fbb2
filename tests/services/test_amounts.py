"""Amounts as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.services.amounts import typed, written


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("380", 380_00, "CNY"), ("1,280.50", 1280_50, "CNY"), ("120万", 1_200_000_00, "CNY"),
        ("1.5 亿", 150_000_000_00, "CNY"), ("USD 50", 50_00, "USD"), ("￥３８０元", 380_00, "CNY"),
        ("2m", 2_000_000_00, "CNY"),
        ("JPY 500", 500, "JPY"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_bankers_type_them(text: str, minor: int, currency: str) -> None:
    assert typed(text, "CNY") == Money(minor, currency)
    assert typed("  ", "CNY") is None


@pytest.mark.parametrize("text", ["abc", "-5", "1e9", "1.234", "USD 5 元", "9" * 16, ".", "万"])
def test_what_is_no_amount_is_refused_beside_its_field(text: str) -> None:
    with pytest.raises(Refused) as refused:
        typed(text, "CNY", "worth")
    assert refused.value.field == "worth"
    assert refused.value.advice


@settings(max_examples=40)
@given(st.integers(0, 10**16), st.sampled_from(["CNY", "USD", "JPY", "KWD"]))
def test_what_is_written_is_read_again(minor: int, currency: str) -> None:
    assert typed(written(minor, currency, "CNY"), "CNY") == Money(minor, currency)
