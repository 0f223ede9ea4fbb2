"""How amounts, changes and days are put into words short enough for a chip."""

from __future__ import annotations

from datetime import date

from rmdesk.base import money
from rmdesk.base.record import record
from rmdesk.base.text import Phrase, phrase
from rmdesk.services.rulebook import book, words

_HOME = "CNY"


@record
class Compact:
    """An amount in short: 120 万 in Chinese, 1.2 M in English; written when it is shown, in the language in use."""

    minor: int
    currency: str

    def __str__(self) -> str:
        return f"{money.short(money.Money(self.minor, self.currency).amount)}{self._suffix}"

    @property
    def _suffix(self) -> str:
        return "" if self.currency == _HOME else f" {self.currency}"


def percent(share: float) -> str:
    """A change as whole percent with its sign, as in −18."""
    number = round(share * 100)
    return f"−{-number}" if number < 0 else f"+{number}"


def month_day(day: date) -> str:
    """A day of this year or the next, as 12-01."""
    return f"{day:%m-%d}"


def in_days(title: Phrase, days: int) -> Phrase:
    """A title with how far ahead it is."""
    if days == 0:
        return phrase("{title} today", title=title)
    if days == 1:
        return phrase("{title} tomorrow", title=title)
    if days == -1:
        return phrase("{title} yesterday", title=title)
    if days < 0:
        return phrase("{title} {days} days ago", title=title, days=-days)
    return phrase("{title} in {days} days", title=title, days=days)


def kind_name(kind: str) -> object:
    """The name of an asset kind, in the language in use when shown."""
    return words(book("products")["kinds"][kind]["name"])


def matures(kind: str, amount: Compact, on: date, day: date) -> Phrase:
    """A holding that matures, or has matured by `day`."""
    if on < day:
        return phrase("{kind} {amount} matured {date}", kind=kind_name(kind), amount=amount, date=month_day(on))
    return phrase("{kind} {amount} matures {date}", kind=kind_name(kind), amount=amount, date=month_day(on))
