"""What the bank tells, as it travels: facts as text. Equal facts give equal text, so that nothing is told twice.

The hub's load writes these records, no desk does. They live in `bank:<book>`:
`bank_client` (who a client is) and `bank_money` (accounts, holdings, months), one of each per client;
`bank_product`, one per product that the book's clients hold; `bank_day`, one per book: the day that most of its
clients were told of. A row told of that very day has `SAME` in place of the day: a night that confirms a whole book
changes one record, not all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec

from rmdesk.wire import ids

CLIENT, MONEY, PRODUCT, DAY = "bank_client", "bank_money", "bank_product", "bank_day"
TYPES = (CLIENT, MONEY, PRODUCT, DAY)
FACTS = "facts"  # the one field of each of these records
SAME = "="

# Columns of the parts, in this order for ever; new ones are added at the end, and what is missing there is unknown.
# Links are natural keys: `second` a client's number, `branch` and `product` codes, `account` an account's number.
BRANCH_COLUMNS = ("code", "name", "region", "told")
PRODUCT_COLUMNS = ("code", "name", "kind", "risk", "term_days", "rate_bp", "minimum_minor", "currency", "told")
ACCOUNT_COLUMNS = (
    "number",
    "as_of",
    "older",
    "second",
    "branch",
    "kind",
    "currency",
    "opened_on",
    "closed_on",
    "balance_minor",
    "average_minor",
    "year_tx_count",
    "extra",
)
TERMS = ("started_on", "matures_on", "ended_on", "rate_bp", "renewed")  # of a holding
HOLDING_COLUMNS = (
    "key",
    "as_of",
    "older",
    "account",
    "product",
    "name",
    "kind",
    "currency",
    "amount_minor",
    *TERMS,
    "extra",
)
# What is told of a month, of an account or of a client; minor units, days as text.
MONTH_FIGURES = ("end_minor", "average_minor", "in_minor", "out_minor", "tx_count", "last_tx_on", "last_own_on")
MONTH_COLUMNS = ("month", "told", "account", "currency", *MONTH_FIGURES, "partial")
AS_OF = 1  # the place of the day among the columns of accounts and holdings

Part = tuple[Any, ...]


class ClientFacts(NamedTuple):
    """Who a client is. `values`: what is known, by column; `older`: the day of values known from before `as_of`;
    `sounds`: pinyin, initials and other readings of the name.
    """

    number: str
    as_of: str | None
    values: dict[str, Any]
    older: dict[str, str | None] | None = None
    branch: Part | None = None
    sounds: tuple[str, str, str | None] | None = None


class MoneyFacts(NamedTuple):
    """What a client holds: rows as the columns above say, and the branches that the accounts name."""

    number: str
    accounts: list[Part]
    holdings: list[Part]
    months: list[Part]
    branches: list[Part] = []  # noqa: RUF012 - never changed


class Unreadable(ValueError):
    """A text that is no such facts."""


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (msgspec.DecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable from error


def client_record(number: str) -> str:
    """The id of the `bank_client` record of a client of the bank, wherever it lives."""
    return ids.named(CLIENT, number)


def money_record(number: str) -> str:
    """The id of the `bank_money` record of a client of the bank."""
    return ids.named(MONEY, number)


def product_record(book: str, code: str) -> str:
    """The id of a product's record in a book; each book has its own."""
    return ids.named(PRODUCT, book, code)


def day_record(book: str) -> str:
    """The id of the record that tells a book's day."""
    return ids.named(DAY, book)


def day_of(days: Iterable[str | None]) -> str:
    """The day that most clients of a book were told of, of several the last; "" when none was told."""
    counted = Counter(day for day in days if day)
    return max(counted, key=lambda day: (counted[day], day), default="")


def told_client(facts: ClientFacts, day: str) -> str:
    """The text of a client's facts in a book of that day."""
    told: dict[str, Any] = {key: value for key, value in facts.values.items() if value is not None}
    told["number"], told["as_of"] = facts.number, _relative(facts.as_of, day)
    if facts.older:
        told["older"] = facts.older
    if facts.branch is not None:
        told["branch"] = _short(facts.branch)
    if facts.sounds is not None and any(facts.sounds):
        told["sounds"] = _short(facts.sounds)
    return _text(told)


@_reading()
def client_facts(text: str) -> ClientFacts:
    """The facts again; `as_of` is `SAME` for the book's day. Unreadable when the text is none."""
    told: dict[str, Any] = _plain(text)
    number, as_of = str(told.pop("number")), told.pop("as_of", None)
    older, branch, sounds = (told.pop(name, None) for name in ("older", "branch", "sounds"))
    if not isinstance(older, dict | None):
        raise Unreadable
    return ClientFacts(
        number,
        as_of,
        told,
        older,
        None if branch is None else _long(branch, BRANCH_COLUMNS),
        None if sounds is None else _long(sounds, ("pinyin", "initials", "pinyin_also")),
    )


def told_money(facts: MoneyFacts, day: str) -> str:
    """The text of what a client holds in a book of that day, whatever the order of the rows given."""
    told: dict[str, Any] = {"number": facts.number}
    for name, rows in (("accounts", facts.accounts), ("holdings", facts.holdings)):
        if rows:
            dated = ((*row[:AS_OF], _relative(row[AS_OF], day), *row[AS_OF + 1 :]) for row in rows)
            told[name] = [_short(row) for row in sorted(dated, key=lambda row: str(row[0]))]
    if facts.months:
        told["months"] = [_short(row) for row in sorted(facts.months, key=lambda row: (row[2] or "", row[0]))]
    if facts.branches:
        told["branches"] = [_short(row) for row in sorted(facts.branches)]
    return _text(told)


@_reading()
def money_facts(text: str) -> MoneyFacts:
    """The facts again; the day of a row is `SAME` for the book's day."""
    told: dict[str, Any] = _plain(text)

    def rows(name: str, columns: tuple[str, ...]) -> list[Part]:
        return [_long(row, columns) for row in told.get(name, ())]

    return MoneyFacts(
        str(told["number"]),
        rows("accounts", ACCOUNT_COLUMNS),
        rows("holdings", HOLDING_COLUMNS),
        rows("months", MONTH_COLUMNS),
        rows("branches", BRANCH_COLUMNS),
    )


def told_part(row: Part) -> str:
    """The text of a product's facts, or of a book's day (a row of one)."""
    return _text(_short(row))


@_reading()
def product_facts(text: str) -> Part:
    """The product again."""
    return _long(_plain(text), PRODUCT_COLUMNS)


@_reading()
def day_facts(text: str) -> str | None:
    """The book's day again."""
    return _long(_plain(text), ("day",))[0] or None


def rebased(kind: str, text: str, day: str, other: str) -> str:
    """The facts of a record that goes from a book of one day to a book of another: each row keeps its own day."""
    if day == other or kind not in (CLIENT, MONEY):
        return text
    if kind == CLIENT:
        one = client_facts(text)
        return told_client(one._replace(as_of=_absolute(one.as_of, day)), other)
    money = money_facts(text)
    accounts, holdings = (
        [(*row[:AS_OF], _absolute(row[AS_OF], day), *row[AS_OF + 1 :]) for row in rows]
        for rows in (money.accounts, money.holdings)
    )
    return told_money(money._replace(accounts=accounts, holdings=holdings), other)


def products_of(text: str) -> set[str]:
    """The codes of the products that a client's money names."""
    place = HOLDING_COLUMNS.index("product")
    return {row[place] for row in money_facts(text).holdings if row[place] is not None}


def _relative(day: str | None, of_book: str) -> str | None:
    return SAME if day and day == of_book else day


def _absolute(day: str | None, of_book: str) -> str | None:
    return (of_book or None) if day == SAME else day


def _short(row: Sequence[Any]) -> list[Any]:
    """Without what is unknown at the end."""
    told = list(row)
    while told and told[-1] is None:
        told.pop()
    return told


def _long(row: Any, columns: tuple[str, ...]) -> Part:
    """As wide as this version knows."""
    if not isinstance(row, list):
        raise TypeError
    wide = len(columns)
    return tuple(row[:wide]) if len(row) >= wide else (*row, *(None,) * (wide - len(row)))


def _text(told: Any) -> str:
    return msgspec.json.encode(told, order="sorted").decode()


def _plain(text: str) -> Any:
    return msgspec.json.decode(text)
