"""Whole columns: ids keep their digits, words become choices, odd cells are told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.imports.columns import Problem, phone, reader
from rmdesk.services.imports.layout import Column
from rmdesk.services.imports.targets import TARGETS


def told(target: str, cells: list[Any], **options: Any) -> tuple[list[Any], list[Problem]]:
    """A column with that meaning, and its problems."""
    problems: list[Problem] = []
    return reader(TARGETS[target], Column("x", target, **options), 2)(cells, problems), problems


def test_ids_keep_leading_zeros_and_all_digits() -> None:
    cells = ["000000000001", "110101199003078515", "6222 0200 1234 5678", "'0042", "NULL", "", "７", 42.0, 42]
    values, problems = told("client.number", cells)
    assert values == ["000000000001", "110101199003078515", "6222020012345678", "0042", None, None, "7", "42", "42"]
    assert problems == []


@pytest.mark.parametrize("cell", [1.1010119900307852e17, "1.10101E+17", float(2**53)])
def test_lost_digits_are_refused_with_the_reason(cell: Any) -> None:
    values, (problem,) = told("client.id_number", [cell])
    assert values == [None]
    assert not problem.doubt
    assert "15 digits" in problem.why.said


def test_sixteen_digits_of_a_number_cell_are_doubted() -> None:
    values, (problem,) = told("account.number", [1234567890123450.0])
    assert values == ["1234567890123450"]
    assert problem.doubt


@given(st.lists(st.from_regex(r"[0-9A-Z]{1,30}", fullmatch=True), min_size=1))
def test_plain_ids_come_through_unchanged(cells: list[str]) -> None:
    values, _ = told("client.number", cells)
    assert all(v == c or v is None for v, c in zip(values, cells, strict=True))
    assert all(v == c for v, c in zip(values, cells, strict=True) if c.isdigit())


def test_bare_ids_drop_letters_and_zeros_in_front() -> None:
    assert told("client.number", ["C00000001", "00120", "0"], bare=True)[0] == ["1", "120", "0"]


@pytest.mark.parametrize(
    ("target", "cell", "value"),
    [
        ("client.sex", "女", "F"),
        ("client.sex", "Male", "M"),
        ("client.risk_level", "R3", 3),
        ("client.risk_level", "C2-稳健型", 2),
        ("client.id_kind", "居民身份证", "resident"),
        ("holding.kind", "人民币理财产品", "wealth"),
        ("holding.kind", "something else", "other"),
        ("currency", "人民币", "CNY"),
        ("transaction.direction", "借 Dr", "out"),
        ("client.marketing_consent", "否", False),
        ("holding.renewed", "Y", True),
        ("holding.rate_bp", "3.85%", 385),
        ("holding.rate_bp", "3.85", 385),
        ("account.year_tx_count", "64.0", 64),
        ("account.year_tx_count", "1,064", 1064),
    ],
)
def test_words_become_values(target: str, cell: str, value: Any) -> None:
    assert told(target, [cell]) == ([value], [])


def test_rates_as_fractions_are_percents_times_a_hundred() -> None:
    assert told("holding.rate_bp", ["0.0385"], times="100")[0] == [385]


def test_unknown_word_is_left_out_with_a_reason() -> None:
    values, (problem,) = told("client.sex", ["女", "unbekannt"])[0], told("client.sex", ["女", "unbekannt"])[1]
    assert values == ["F", None]
    assert (problem.index, problem.value, problem.doubt) == (1, "unbekannt", False)


@pytest.mark.parametrize(
    ("cell", "value", "doubtful"),
    [
        ("13812345678", "13812345678", False),
        ("+86 138-1234-5678", "13812345678", False),
        ("008613812345678", "13812345678", False),
        ("138 1234 5678；010-62345678", "13812345678\n010 6234 5678", False),
        ("138****5678", "138****5678", False),
        ("+1-919-676-9515", "+19196769515", False),
        (13812345678.0, "13812345678", False),
        ("12345", "12345", True),
    ],
)
def test_phones_are_written_in_one_way(cell: Any, value: str, doubtful: bool) -> None:
    found, why = phone(cell)
    assert (found, why is not None) == (value, doubtful)


def test_text_too_long_is_left_out() -> None:
    values, (problem,) = told("client.note", ["short", "x" * 40_000])
    assert values == ["short", None]
    assert len(problem.value) == 60


def test_texts_of_workbooks_are_plain() -> None:
    assert told("client.note", [" a ", 5.0, 5.5, date(2024, 1, 2), None, "--"])[0] == [
        "a",
        "5",
        "5.5",
        "2024-01-02",
        None,
        None,
    ]
