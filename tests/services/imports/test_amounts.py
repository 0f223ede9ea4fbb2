"""Amounts in all the ways banks write them, exact to the minor unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.imports import amounts
from rmdesk.services.imports.columns import Problem, reader
from rmdesk.services.imports.layout import Column
from rmdesk.services.imports.targets import TARGETS

MONEY = TARGETS["account.balance_minor"]
MINOR = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("cell", "decimal", "amount"),
    [
        ("14,810.30", ".", "14810.30"),
        ("１４，８１０．３０", ".", "14810.30"),
        ("¥1,234.5", ".", "1234.5"),
        ("￥ 1 234.50", ".", "1234.50"),
        ("(1,234.50)", ".", "-1234.50"),
        ("1,234.50-", ".", "-1234.50"),
        ("−5", ".", "-5"),
        ("+10000.00", ".", "10000.00"),
        ("1.5万", ".", "15000"),
        ("2亿", ".", "200000000"),
        ("1234.50元", ".", "1234.50"),
        ("CNY 5.00", ".", "5.00"),
        ("5.00 CR", ".", "5.00"),
        ("5.00DR", ".", "-5.00"),
        ("12,3456.70", ".", "123456.70"),
        ("1.234,56", ",", "1234.56"),
        ("1234,5", ",", "1234.5"),
        ("1'234.50", ".", "1234.50"),
        (14810.3, ".", "14810.3"),
        (7, ".", "7"),
        ("1E3", ".", "1000"),
        ("1,00", ".", None),
        ("1,23,456", ".", None),
        ("1.2.3", ".", None),
        ("12.3.4,5", ",", None),
        ("", ".", None),
        ("-", ".", None),
        ("()", ".", None),
        ("inf", ".", None),
        ("1e400", ".", None),
        (float("nan"), ".", None),
        (float("inf"), ".", None),
        ("9" * 30, ".", None),
        (True, ".", None),
    ],
)
def test_amount_of_a_cell(cell: Any, decimal: str, amount: str | None) -> None:
    assert amounts.amount_of(cell, decimal) == (None if amount is None else Decimal(amount))


def column(cells: list[Any], **options: Any) -> tuple[list[Any], list[Problem]]:
    """A column of amounts read as CNY."""
    problems: list[Problem] = []
    return reader(MONEY, Column("x", "account.balance_minor", **options), 2)(cells, problems), problems


@given(st.lists(MINOR, min_size=1, max_size=50), st.booleans())
def test_whole_columns_are_exact(told: list[int], grouped: bool) -> None:
    cells = [f"{Decimal(minor).scaleb(-2):{',' if grouped else ''}.2f}" for minor in told]
    assert column(cells) == (told, [])


@given(st.lists(st.one_of(MINOR, st.none()), min_size=1, max_size=30))
def test_cell_by_cell_gives_the_same_as_all_at_once(told: list[int | None]) -> None:
    cells = ["" if minor is None else f"{Decimal(minor).scaleb(-2):,.2f}" for minor in told]
    assert column([*cells, "¥5.00"]) == ([*told, 500], [])


@given(st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=20))
def test_decimal_commas_are_exact_too(told: list[int]) -> None:
    cells = [f"{Decimal(minor).scaleb(-2):,.2f}".translate(str.maketrans(",.", ".,")) for minor in told]
    assert amounts.decimal_mark(cells) == ","
    assert column(cells, decimal=",") == (told, [])


@given(st.integers(-(10**9), 10**9))
def test_ten_thousands_and_cents(minor: int) -> None:
    assert column([str(Decimal(minor).scaleb(-6))], times="10000") == ([minor], [])
    assert column([str(minor)], times="0.01") == ([minor], [])


@given(st.floats(-(10**11), 10**11))
def test_numbers_of_workbooks_round_to_the_nearest_minor_unit(number: float) -> None:
    (minor,), problems = column([number])
    assert problems == []
    assert abs(Decimal(minor) / 100 - Decimal(number)) <= Decimal("0.0051")


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(text: str) -> None:
    (value,), problems = column([text])
    assert value is None or isinstance(value, int)
    assert len(problems) <= 1


def test_unclear_amount_is_told_with_its_text() -> None:
    values, problems = column(["1.00", "1,00", "n/a"])
    assert values == [100, None, None]
    assert [(p.index, p.value) for p in problems] == [(1, "1,00")]
