"""Checks ID document numbers, and takes from a resident's number what it tells: birth date and sex."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import mul
from typing import Any

from rmdesk.base.text import phrase
from rmdesk.services.imports.records import Severity
from rmdesk.services.imports.rows import Note

# GB 11643-1999: weights 2^(17-i) mod 11, and the check character for each remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# GB 32100-2015: 31 characters without I, O, S, V, Z; weights 3^i mod 31.
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))

_WRONG = (
    phrase("The check digit of this ID number is wrong: a digit is mistyped, or two are swapped."),
    phrase("Compare it with the document; it is kept as it is."),
)


def is_resident(number: str) -> bool:
    """Whether this is a mainland resident's number of 18 digits with a right check digit and a day of birth."""
    body = number[:17]
    if len(number) != 18 or not (body.isascii() and body.isdigit()):
        return False
    total = sum(map(mul, map(int, body), _WEIGHTS))
    return _CHECKS[total % 11] == number[17].upper() and _born(number) is not None


def is_credit_code(number: str) -> bool:
    """Whether this is a unified social credit code of a company with a right check character."""
    if len(number) != 18 or any(letter not in _CREDIT_LETTERS for letter in number):
        return False
    places = [_CREDIT_LETTERS.index(letter) for letter in number]
    total = sum(place * weight for place, weight in zip(places, _CREDIT_WEIGHTS, strict=False))
    return (31 - total % 31) % 31 == places[17]


def _born(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def check(values: dict[str, list[Any]], numbers: Sequence[int], column: str, note: Note) -> None:
    """Notes wrong ID numbers, and fills kind, birth date and sex where no column of the table tells them."""
    told = values.get("client.id_number")
    if told is None:
        return
    kinds: list[Any] = []
    for i, number in enumerate(told):
        kind = None
        if number and len(number) == 18:
            if number[17] == "x":
                told[i] = number = number[:17] + "X"
            kind = "resident" if is_resident(number) else "company" if is_credit_code(number) else None
            if kind is None and number[:17].isdigit():
                note(numbers[i], column, number, *_WRONG, Severity.WARNING)
        kinds.append(kind)
    values.setdefault("client.id_kind", kinds)
    residents = [n if k == "resident" else None for n, k in zip(told, kinds, strict=True)]
    if "client.birth_date" not in values and "client.birth_number" not in values:
        values["client.birth_date"] = [n and f"{n[6:10]}-{n[10:12]}-{n[12:14]}" for n in residents]
    if "client.sex" not in values and "client.birth_number" not in values:
        values["client.sex"] = [n and ("M" if int(n[16]) % 2 else "F") for n in residents]
