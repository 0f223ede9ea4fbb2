"""How amounts and breaches are put into words. Loaded at the start, with the timeline, so it imports little."""

from __future__ import annotations

import json

from rmdesk.base.money import Money
from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase

_SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$"}
_NBSP = "\N{NO-BREAK SPACE}"


@record
class Shown:
    """An amount to the last unit that is not zero, with its currency's sign: ¥ 620, ¥ 12.50."""

    minor: int
    currency: str

    def __str__(self) -> str:
        amount = Money(self.minor, self.currency).amount
        figure = f"{amount:,f}"
        if amount == amount.to_integral_value():
            figure = figure.partition(".")[0]
        return f"{_SYMBOLS.get(self.currency, self.currency)}{_NBSP}{figure}"


def breach_said(kept: str | None, home: str = "CNY") -> Phrase | None:
    """A breach in words; None where there is none."""
    if not kept:
        return None
    told = json.loads(kept)
    over = told.get("over", [])
    if over:
        said = phrase("Given before approval, {over} over the limit", over=Shown(max(over), told.get("currency", home)))
    else:
        said = phrase("Given before approval")
    if told.get("back"):
        return phrase("{breach}; taken back {day}", breach=said, day=told["back"])
    return said
