"""Amounts as bankers type them: 1200000, 1,280.50, 120万, 1.5 亿, USD 50."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from rmdesk.base import money
from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.base.text import N_

_TYPED = re.compile(
    r"(?P<before>[A-Za-z]{3}|[¥$€£])?\s*(?P<figure>[\d,]*\.?\d*)\s*(?P<unit>万|亿|[kKmMbB])?\s*(?P<after>[A-Za-z]{3}|元|块)?"
)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
_UNITS = {"万": 10**4, "亿": 10**8, "k": 10**3, "m": 10**6, "b": 10**9}
HOW = N_("Write it as 1200, 1,200.50 or 120万; it is never below zero.")
MOST_DIGITS = 15  # of an amount in whole units: more is a slip of the hand, and would leave a file's whole numbers


def typed(text: str, home: str, field: str = "amount") -> Money | None:
    """An amount as typed, in `home` where no currency is named; None for nothing. Else refused, naming `field`."""
    given = unicodedata.normalize("NFKC", text).strip()
    if not given:
        return None
    read = _TYPED.fullmatch(given)
    if read is None or not re.search(r"\d", read["figure"]):
        raise Refused(N_("“{typed}” is not an amount."), do=HOW, field=field, code="amount", typed=given[:20])
    named = {
        _SIGNS.get(word, home if word in "¥元块" else word.upper()) for word in (read["before"], read["after"]) if word
    }
    if len(named) > 1:
        raise Refused(
            N_("“{typed}” names two currencies."),
            do=N_("Name one of them."),
            field=field,
            code="amount",
            typed=given[:20],
        )
    currency = named.pop() if named else home
    amount = Decimal(read["figure"].replace(",", "")) * _UNITS.get((read["unit"] or "").lower(), 1)
    if amount.normalize().as_tuple().exponent < -money.digits(currency):  # type: ignore[operator]
        raise Refused(
            N_("{currency} has no such small parts."),
            do=N_("Write fewer decimal places."),
            field=field,
            code="amount",
            currency=currency,
        )
    if amount >= 10**MOST_DIGITS:
        raise Refused(
            N_("This amount can't be right."), do=N_("Check the number of digits."), field=field, code="amount"
        )
    return Money.of(amount, currency)


def written(minor: int | None, currency: str, home: str) -> str:
    """An amount as one would type it, to fill a form with."""
    if minor is None:
        return ""
    amount = Money(minor, currency).amount
    figure = f"{amount:f}"
    if amount == amount.to_integral_value():
        figure = figure.partition(".")[0]
    return figure if currency == home else f"{currency} {figure}"
