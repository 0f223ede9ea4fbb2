"""Reads a whole column at a time: plain cells of the usual form by the shortest way, odd ones with care.

A reader takes the cells of one column and gives a list of the same length; what it can't read becomes None and
a `Problem`. Working on columns keeps the cost per cell near that of a list comprehension.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from rmdesk.base.text import Phrase, phrase
from rmdesk.services.imports import amounts, dates, words
from rmdesk.services.imports.layout import Column
from rmdesk.services.imports.limits import limit
from rmdesk.services.imports.targets import Kind, Target

_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILES = re.compile(r"(?:1[3-9]\d{9}\n)+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
_LETTERS_AND_ZEROS = re.compile(r"^[A-Za-z]*0*(?=.)")
_EXACT = 2**53  # the first whole number above which a spreadsheet's numbers have gaps
_LONGEST_EMPTY = 8  # no word for "nothing" is longer
_MEMO = 200_000  # different cells remembered per column


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be read, or was read with a doubt (`doubt`: the value is kept)."""

    index: int
    value: str
    why: Phrase
    do: Phrase
    doubt: bool = False


Reader = Callable[[Sequence[Any], list[Problem]], list[Any]]
_One = Callable[[Any], tuple[Any, tuple[Phrase, Phrase] | None]]


def reader(target: Target, column: Column, digits: int) -> Reader:
    """The reader of a column that means `target`; `digits` are the decimals of the currency's minor unit."""
    kind = target.kind
    if kind is Kind.MONEY:
        return _money(column, digits)
    if kind is Kind.ID:
        return _identity(column)
    if kind is Kind.TEXT:
        return _text
    if kind is Kind.PHONE:
        return _phones()
    return _remembering(_single(kind, target, column))


def _single(kind: Kind, target: Target, column: Column) -> _One:
    order = column.order
    if kind is Kind.DATE:
        return lambda cell: _or_why(dates.day_of(cell, order), _NO_DATE)
    if kind is Kind.BIRTH:
        return lambda cell: _or_why(dates.birth_of(cell, order), _NO_DATE)
    if kind is Kind.CZECH_BIRTH:
        return lambda cell: _or_why(dates.czech_birth(cell), _NO_DATE)
    if kind is Kind.MONTH:
        return lambda cell: _or_why(dates.month_of(cell, order), _NO_MONTH)
    if kind is Kind.COUNT:
        return lambda cell: _or_why(_count(cell, column.decimal), _NO_NUMBER)
    if kind is Kind.RATE:
        return lambda cell: _or_why(_rate(cell, column), _NO_NUMBER)
    found = words.choices("flag" if kind is Kind.FLAG else target.name)
    if kind is Kind.FLAG:
        return lambda cell: _or_why(_flag(cell, found), _NO_CHOICE)
    return lambda cell: _choice(cell, found, target.name)


_NO_DATE = (
    phrase("This is no date in the order of this column."),
    phrase("Correct the cell, or choose another date order for the column."),
)
_NO_MONTH = (phrase("This is no month."), phrase("Correct the cell, or choose another meaning for the column."))
_NO_NUMBER = (phrase("This is no number."), phrase("Correct the cell, or choose another meaning for the column."))
_NO_AMOUNT = (
    phrase("This is no amount, or its commas and points are unclear."),
    phrase("Correct the cell, or choose another decimal mark for the column."),
)
_NO_CHOICE = (phrase("This word is not known here."), phrase("Correct the cell, or leave it: the field stays empty."))
_DIGITS_LOST = (
    phrase("The spreadsheet kept this number with 15 digits; the digits after them are lost."),
    phrase("Format the column as text in the bank's system and export it again."),
)
_DIGITS_DOUBTED = (
    phrase("A number this long may have lost its last digits in the spreadsheet."),
    phrase("Compare it with the bank's system; export the column as text."),
)
_TOO_LONG = (
    phrase("The text is longer than {limit} characters.", limit=limit("table", "cell_length")),
    phrase("Look for a quotation mark that is not closed."),
)
_ODD_PHONE = (
    phrase("This is no complete phone number."),
    phrase("Ask the client for the number; it is kept as it is."),
)


def _or_why(value: Any, why: tuple[Phrase, Phrase]) -> tuple[Any, tuple[Phrase, Phrase] | None]:
    return (value, None) if value is not None else (None, why)


def _remembering(single: _One) -> Reader:
    """A reader that looks at every different cell once."""
    memo: dict[Any, tuple[Any, tuple[Phrase, Phrase] | None]] = {}
    empties = words.empties()

    def learn(cell: Any) -> None:
        plain = cell.strip() if isinstance(cell, str) else cell
        if plain is None or (isinstance(plain, str) and plain.lower() in empties):
            memo[cell] = (None, None)
        else:
            memo[cell] = single(plain)

    def read(cells: Sequence[Any], problems: list[Problem]) -> list[Any]:
        if len(memo) > _MEMO:
            memo.clear()
        faulty = False
        for cell in set(cells):
            if cell not in memo:
                learn(cell)
            faulty = faulty or memo[cell][1] is not None
        if faulty:
            for index, cell in enumerate(cells):
                why = memo[cell][1]
                if why:
                    problems.append(Problem(index, shown(cell), *why, doubt=memo[cell][0] is not None))
        return [memo[cell][0] for cell in cells]

    return read


def shown(cell: Any) -> str:
    """A cell as a finding shows it: its text, cut."""
    text = str(cell).strip()
    return text if len(text) <= 60 else text[:59] + "…"


def _text(cells: Sequence[Any], problems: list[Problem]) -> list[Any]:
    empties, most = words.empties(), limit("table", "cell_length")
    try:
        told = list(map(str.strip, cells))
    except TypeError:
        told = [plain(cell) for cell in cells]
    if told and max(map(len, told)) > most:
        problems += [Problem(i, shown(c), *_TOO_LONG) for i, c in enumerate(told) if len(c) > most]
        told = ["" if len(c) > most else c for c in told]
    return [c if len(c) > _LONGEST_EMPTY or (c and c.lower() not in empties) else None for c in told]


def plain(cell: Any) -> str:
    """A cell of a workbook as text: whole numbers without a point, days as YYYY-MM-DD."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _identity(column: Column) -> Reader:
    empties, bare = words.empties(), column.bare

    def odd(cell: Any, index: int, problems: list[Problem]) -> str | None:
        if isinstance(cell, float):
            if abs(cell) >= _EXACT or not cell.is_integer():
                problems.append(Problem(index, repr(cell), *_DIGITS_LOST))
                return None
            if abs(cell) >= 1e15:
                problems.append(Problem(index, plain(cell), *_DIGITS_DOUBTED, doubt=True))
            return str(int(cell))
        text = unicodedata.normalize("NFKC", plain(cell)).lstrip("'").strip()
        if text.lower() in empties:
            return None
        if _SCIENTIFIC.fullmatch(text):
            problems.append(Problem(index, text, *_DIGITS_LOST))
            return None
        if len(text) > 200:
            problems.append(Problem(index, shown(text), *_TOO_LONG))
            return None
        joined = re.sub(r"[\s\u200b-\u200f\ufeff]", "", text)
        return joined if joined.isdigit() or joined[:-1].isdigit() else text

    def read(cells: Sequence[Any], problems: list[Problem]) -> list[Any]:
        if _usual_ids(cells):
            told: list[str | None] = list(cells)
        else:
            told = [
                c if type(c) is str and c.isdigit() and c.isascii() else odd(c, i, problems)
                for i, c in enumerate(cells)
            ]
        return [_LETTERS_AND_ZEROS.sub("", c) if c else None for c in told] if bare else told

    return read


def _usual_ids(cells: Sequence[Any]) -> bool:
    """Whether all cells are letters and digits of 5 to 60 characters, too long to be a word for nothing."""
    try:
        joined = "".join(cells)
        return joined.isascii() and joined.isalnum() and min(map(len, cells)) > 4 and max(map(len, cells)) < 60
    except TypeError:
        return False


def _money(column: Column, digits: int) -> Reader:
    times, decimal, empties = Decimal(column.times), column.decimal, words.empties()
    factor = 10**digits
    grouped = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?").fullmatch
    quick = times == 1 and decimal == "."

    def slow(cell: Any, index: int, problems: list[Problem]) -> int | None:
        if cell is None or (isinstance(cell, str) and cell.strip().lower() in empties):
            return None
        minor = amounts.minor_of(cell, digits, times, decimal)
        if minor is None:
            problems.append(Problem(index, shown(cell), *_NO_AMOUNT))
        return minor

    def fast(cell: Any, index: int, problems: list[Problem]) -> int | None:
        if type(cell) is not str or not cell:
            return slow(cell, index, problems)
        text = cell.replace(",", "") if "," in cell and grouped(cell) else cell
        whole, _, part = text.partition(".")
        try:
            if not part:
                return int(whole) * factor if len(whole) < 15 else slow(cell, index, problems)
            if len(part) == digits and part.isdigit() and len(whole) < 15:
                return int(whole + part)
        except ValueError:
            pass
        return slow(cell, index, problems)

    usual = (
        re.compile(rf"(?:[+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,14}})\.\d{{{digits}}}\n)+").fullmatch if digits else None
    )

    def read(cells: Sequence[Any], problems: list[Problem]) -> list[Any]:
        if not quick:
            return [slow(cell, index, problems) for index, cell in enumerate(cells)]
        if usual and cells and type(cells[0]) is str and type(cells[-1]) is str:
            # one look at all cells together: when all have the usual decimals, the marks can simply be dropped
            joined = _joined(cells)
            if joined and joined.isascii() and usual(joined):
                return list(map(int, joined.replace(",", "").replace(".", "").split()))
        return [fast(cell, index, problems) for index, cell in enumerate(cells)]

    return read


def _joined(cells: Sequence[Any]) -> str:
    try:
        return "\n".join(cells) + "\n"
    except TypeError:
        return ""


def _count(cell: Any, decimal: str) -> int | None:
    number = amounts.amount_of(cell, decimal)
    return None if number is None or number < 0 or number > 10**9 else round(number)


def _rate(cell: Any, column: Column) -> int | None:
    """Hundredths of a percent; a percent sign settles the unit, else `times` does (100 for fractions)."""
    text = cell if isinstance(cell, str) else plain(cell)
    signed = text.rstrip().endswith(("%", "％"))
    number = amounts.amount_of(text.rstrip().rstrip("%％"), column.decimal)
    if number is None:
        return None
    return round(number * 100 * (1 if signed else Decimal(column.times)))


def _flag(cell: Any, found: dict[str, str]) -> bool | None:
    if isinstance(cell, bool):
        return cell
    value = found.get(words.normal(plain(cell)))
    return None if value is None else value == "true"


def _choice(cell: Any, found: dict[str, str], target: str) -> tuple[Any, tuple[Phrase, Phrase] | None]:
    word = words.normal(plain(cell)) or plain(cell)
    value = found.get(word)
    if value is None and target != "transaction.direction":
        # "人民币理财产品" holds a known word; the longest one decides
        within = [known for known in found if len(known) > 1 and not known.isascii() and known in word]
        value = found[max(within, key=len)] if within else None
    if target == "transaction.cause":
        return value, None
    if value is None:
        return ("other", None) if "other" in found.values() else (None, _NO_CHOICE)
    return (int(value) if value.isdigit() and len(value) == 1 else value), None


def _phones() -> Reader:
    """Reads mainland mobiles all at once, and other columns cell by cell."""
    slow = _remembering(phone)

    def read(cells: Sequence[Any], problems: list[Problem]) -> list[Any]:
        joined = _joined(cells)
        return list(cells) if joined.isascii() and _MOBILES.fullmatch(joined) else slow(cells, problems)

    return read


def phone(cell: Any) -> tuple[Any, tuple[Phrase, Phrase] | None]:
    """Phone numbers of a cell, one a line: mainland mobiles as 11 digits, foreign ones as +country and number."""
    text = plain(cell)
    if _MOBILE.fullmatch(text):
        return text, None
    parts = [part for part in re.split(r"[;；,，、/|\n]+", text) if part.strip()]
    read = [_one_phone(part.strip()) for part in parts]
    doubtful = any(not good for _, good in read)
    return "\n".join(dict.fromkeys(number for number, _ in read)) or None, _ODD_PHONE if doubtful else None


def _one_phone(text: str) -> tuple[str, bool]:
    digits = re.sub(r"[\s\-()（）.·]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)", "", digits)
    if _MOBILE.fullmatch(digits) or "*" in digits:
        return digits, True
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return text, False
    if not phonenumbers.is_valid_number(number):
        return text, False
    if number.country_code == 86:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL), True
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), True
