"""Costs as they are typed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from rmdesk.base import money
from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.base.text import N_
from rmdesk.services.gifts import tables

_TYPED = re.compile(r"(?P<before>[A-Za-z]{3}|[¥$€£])?\s*(?P<figure>-?[\d,]*\.?\d*)\s*(?P<after>[A-Za-z]{3}|元|块)?")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}


def typed(text: str, home: str) -> Money | None:
    """A cost as typed: 380, ¥380, 1,280.50, USD 50; None for nothing. Refused(field="cost") for anything else."""
    given = unicodedata.normalize("NFKC", text).strip()
    if not given:
        return None
    read = _TYPED.fullmatch(given)
    if read is None or not re.search(r"\d", read["figure"]):
        raise _refused(N_("“{typed}” is not an amount."), typed=given[:20])
    named = [word for word in (read["before"], read["after"]) if word]
    currencies = {_SIGNS.get(word, home if word in "¥元块" else word.upper()) for word in named}
    if len(currencies) > 1:
        raise _refused(N_("“{typed}” names two currencies."), typed=given[:20])
    currency = currencies.pop() if currencies else home
    amount = Decimal(read["figure"].replace(",", ""))
    if amount < 0:
        raise _refused(N_("A cost is not below zero."))
    if amount.as_tuple().exponent < -money.digits(currency):  # type: ignore[operator]
        raise _refused(N_("{currency} has no such small parts."), currency=currency)
    if amount > tables.figure("cost", "most"):
        raise _refused(N_("A gift of this cost can't be right."))
    return Money.of(amount, currency)


def written(minor: int | None, currency: str | None, home: str) -> str:
    """A cost as one would type it, to fill the form with."""
    if minor is None:
        return ""
    amount = Money(minor, currency or home).amount
    figure = f"{amount:f}"
    if amount == amount.to_integral_value():
        figure = figure.partition(".")[0]
    return figure if currency in (None, home) else f"{currency} {figure}"


def _refused(message: str, **params: object) -> Refused:
    return Refused(message, do=N_("Enter it like 380 or USD 50."), field="cost", code="bad_cost", guide="", **params)
