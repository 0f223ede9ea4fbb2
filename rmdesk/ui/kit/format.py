"""How figures, money and dates are written, in the language in use. Unknown is a dash, never a zero."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

from rmdesk.base import clock, money
from rmdesk.base.text import N_, _, plural

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)

UNKNOWN = "–"
MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"

_SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CZK": "Kč", "HKD": "HK$"}


def symbol(currency: str) -> str:
    """The sign of a currency, or its code."""
    return _SYMBOLS.get(currency, currency)


def whole(number: int | None) -> str:
    """A count: 12,345."""
    return UNKNOWN if number is None else _signed(f"{number:,}")


def decimal(number: float | Decimal | None, places: int = 1) -> str:
    """A figure with a fixed number of places: 55.5."""
    return UNKNOWN if _is_unknown(number) else _signed(f"{number:,.{places}f}")


def amount(minor: int | None, currency: str, *, sign: bool = False) -> str:
    """Money to the last unit: 1,240,000.00, with the currency's sign when asked."""
    if minor is None:
        return UNKNOWN
    text = _signed(f"{money.Money(minor, currency).amount:,f}")
    return f"{symbol(currency)}{NBSP}{text}" if sign else text


def short_amount(minor: int | None, currency: str, *, sign: bool = False) -> str:
    """Money to read at a glance: 1,240 万 and 6.82 亿 in Chinese, 12.4 M in English."""
    if minor is None:
        return UNKNOWN
    text = money.short(money.Money(minor, currency).amount)
    return f"{symbol(currency)}{NBSP}{text}" if sign else text


def percent(share: float | None, places: int = 0, *, plus: bool = False) -> str:
    """A share as a percentage: 0.18 -> 18%; `plus` shows the sign of a change."""
    if share is None or math.isnan(share):
        return UNKNOWN
    text = f"{share * 100:{'+' if plus else ''},.{places}f}%"
    if float(text.rstrip("%").replace(",", "")) == 0:
        text = f"{0:.{places}f}%"
    return _signed(text)


def day(value: date | None) -> str:
    """A date: 2026-11-21."""
    return UNKNOWN if value is None else value.isoformat()


def short_day(value: date | None, today: date | None = None) -> str:
    """A date without the year when it is this year's: 11-21."""
    if value is None:
        return UNKNOWN
    return value.strftime("%m-%d") if value.year == (today or clock.today()).year else value.isoformat()


def long_day(value: date) -> str:
    """A date with its weekday: Sat 21 November, 11 月 21 日 周六."""
    return _("{weekday} {day} {month}").format(weekday=weekday(value), day=value.day, month=_(_MONTHS[value.month - 1]))


def month_name(number: int) -> str:
    """A month of the year, 1 to 12: November, 11 月."""
    return _(_MONTHS[number - 1])


def month(value: date) -> str:
    """A month with its year: November 2026, 2026 年 11 月."""
    return _("{month} {year}").format(month=_(_MONTHS[value.month - 1]), year=value.year)


def weekday(value: date) -> str:
    """The short name of the day of the week."""
    return _(_WEEKDAYS[value.weekday()])


def days_ahead(value: date, today: date | None = None) -> str:
    """How far a day is: today, tomorrow, in 3 days, 5 days ago."""
    days = (value - (today or clock.today())).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return plural("in {count} day", "in {count} days", days)
    return plural("{count} day ago", "{count} days ago", -days)


def days(count: int | None) -> str:
    """A number of days: 41 days."""
    return UNKNOWN if count is None else plural("{count} day", "{count} days", count)


def sign_kind(number: float | None) -> str:
    """The kind of colour for a change: good, risk, or plain for none."""
    if number is None or math.isnan(number) or abs(number) < 0.005:
        return "plain"
    return "good" if number > 0 else "risk"


def _signed(text: str) -> str:
    return text.replace("-", MINUS)


def _is_unknown(number: float | Decimal | None) -> bool:
    return number is None or (isinstance(number, float) and math.isnan(number))
