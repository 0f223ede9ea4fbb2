"""Whether values look like what a column is said to mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from rmdesk.services.imports import amounts, dates, words
from rmdesk.services.imports.columns import plain
from rmdesk.services.imports.targets import TARGETS, Kind

_RESIDENT = re.compile(r"\d{17}[\dXx]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_NEEDED = 0.5  # share of the values that must look right
_MANY = 200  # values looked at


def fit(target: str, told: Sequence[Any]) -> float:
    """How well the values suit a meaning, 0..1; 0 rules it out. No values rule nothing out."""
    sample = [c for c in told[:_MANY] if plain(c).lower() not in words.empties()]
    if not sample:
        return 0.9
    test = _test(target)
    if test is None:
        return 1.0
    share = sum(test(c) for c in sample) / len(sample)
    return 0.0 if share < _NEEDED else 0.5 + 0.5 * share


def _test(target: str) -> Callable[[Any], bool] | None:
    kind = TARGETS[target].kind
    if kind in (Kind.DATE, Kind.BIRTH):
        return _is_day
    if kind is Kind.MONTH:
        return lambda c: dates.month_of(c) is not None
    if kind is Kind.CZECH_BIRTH:
        return lambda c: dates.czech_birth(c) is not None
    if kind in (Kind.MONEY, Kind.COUNT):
        return _is_number
    if kind is Kind.RATE:
        return lambda c: amounts.amount_of(plain(c).rstrip("%％")) is not None
    if kind is Kind.PHONE:
        return lambda c: sum(ch.isdigit() for ch in plain(c)) >= 5
    if kind is Kind.CHOICE:
        return _is_choice(target)
    if target in ("client.name", "client.manager", "holding.name", "branch.region"):
        return lambda c: not plain(c).replace(".", "", 1).isdigit()
    if kind is Kind.ID:
        return lambda c: len(plain(c)) <= 64 and not (isinstance(c, float) and not c.is_integer())
    return None


def _is_day(cell: Any) -> bool:
    return any(dates.birth_of(cell, order) is not None for order in ("ymd", "dmy", "mdy", "yymmdd"))


def _is_number(cell: Any) -> bool:
    return amounts.amount_of(cell) is not None or amounts.amount_of(cell, ",") is not None


def _is_choice(target: str) -> Callable[[Any], bool] | None:
    if target in ("transaction.cause", "client.id_kind"):
        return None
    known = words.choices(target)
    open_list = "other" in known.values() and target != "account.kind"

    def test(cell: Any) -> bool:
        word = words.normal(plain(cell)) or plain(cell)
        return word in known or any(len(k) > 1 and not k.isascii() and k in word for k in known) or open_list

    return test


def telling(told: Sequence[Any]) -> list[str]:
    """What a column without a telling header must mean by its values alone."""
    sample = [plain(c) for c in told[:_MANY]]
    if len(sample) < 3:
        return []
    if all(_RESIDENT.fullmatch(c) for c in sample):
        return ["client.id_number"]
    if all(_MOBILE.fullmatch(c) for c in sample):
        return ["client.phone", "client.other_phones"]
    if all(c in ("男", "女") for c in sample):
        return ["client.sex"]
    return []
