"""Money is exact: what goes in comes out, to the last minor unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.money import Money, digits, to_minor

currencies = st.sampled_from(["CNY", "CZK", "USD", "JPY", "KWD", "XYZ"])
minors = st.integers(-(2**63), 2**63 - 1)  # what the data file can hold


@given(minors, currencies)
def test_an_amount_comes_back_to_its_minor_units(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    assert Money.of(str(money), currency) == money
    assert to_minor(Decimal(str(money)), currency) == minor


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=6), currencies)
def test_rounding_is_never_off_by_more_than_half_a_unit(amount: Decimal, currency: str) -> None:
    off = abs(Money.of(amount, currency).amount - amount)
    assert off * 2 <= Decimal(1).scaleb(-digits(currency))


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("0.005", "CNY", 0),
        ("0.015", "CNY", 2),
        ("0.025", "CNY", 2),
        ("-0.015", "CNY", -2),
        ("1.5", "JPY", 2),
        ("2.5", "JPY", 2),
        ("1.0005", "KWD", 1000),
        ("123.45", "CZK", 12345),
    ],
)
def test_half_a_unit_goes_to_the_even_neighbour(amount: str, currency: str, minor: int) -> None:
    assert Money.of(amount, currency).minor == minor


@pytest.mark.parametrize(
    ("minor", "currency", "text"), [(0, "CNY", "0.00"), (-5, "CNY", "-0.05"), (7, "JPY", "7"), (1, "KWD", "0.001")]
)
def test_it_is_written_with_the_places_of_its_currency(minor: int, currency: str, text: str) -> None:
    assert str(Money(minor, currency)) == text


def test_amounts_of_two_currencies_have_no_order() -> None:
    with pytest.raises(TypeError):
        assert Money(1, "CNY") < Money(2, "USD")  # type: ignore[operator]


@pytest.mark.parametrize("nonsense", ["NaN", "Infinity"])
def test_what_is_no_amount_is_no_money(nonsense: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        Money.of(nonsense, "CNY")
