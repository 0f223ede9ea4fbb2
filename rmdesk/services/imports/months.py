"""From transactions to months: end balance, daily average, what came in and went out, and the last days of activity.

Rows of one day stand in no particular order in a bank's file, and printed balances are rounded. So the balance at
the end of a day is the printed balance of that day nearest to the running sum, which starts again from it the next
day and so gathers no rounding.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple


class Entry(NamedTuple):
    """One transaction: its day, the signed amount and the printed balance (None: not printed) in minor units.

    `own` is False for interest, fees and the like, None where the file does not tell (taken as the client's own).
    """

    day: date
    amount: int
    balance: int | None
    own: bool | None


@dataclass(frozen=True, slots=True)
class Span:
    """The days a file covers, from its first transaction to `until`; `carry` months without any are filled in."""

    since: date
    until: date
    carry: int
    grace: int  # days without a transaction at either end that do not make a month incomplete


@dataclass(frozen=True, slots=True)
class Month:
    """What one month of one account came to; amounts in minor units, None where no balance is known."""

    month: int  # year * 12 + month - 1
    end: int | None
    average: int | None
    paid_in: int
    paid_out: int
    count: int
    last_on: date | None
    last_own_on: date | None
    partial: bool


def number(day: date) -> int:
    """The number of a day's month, counted from year 0."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of a month number."""
    return date(month // 12, month % 12 + 1, 1)


def days_in(month: int) -> int:
    """How many days a month number has."""
    return monthrange(month // 12, month % 12 + 1)[1]


def months_of(entries: Iterable[Entry], span: Span, opening: int | None = None) -> Iterator[Month]:
    """The months of one account, in order, without a gap; `entries` come in the order of their days.

    `opening` is the balance before the first entry where it is known, else it is worked out from the first day.
    """
    days = [(day, list(rows)) for day, rows in groupby(entries, key=lambda entry: entry.day)]
    if not days:
        return
    known = opening is not None
    balance = opening if known else opening_of(days[0][1])
    last = min(number(span.until), number(days[-1][0]) + span.carry)
    last_on = last_own = None
    by_month = {month: list(rows) for month, rows in groupby(days, key=lambda day: number(day[0]))}
    for month in range(number(days[0][0]), last + 1):
        held = _Held(month, balance, min(span.until, first_day(month).replace(day=days_in(month))))
        rows: list[Entry] = []
        for day, of_day in by_month.get(month, ()):
            rows += of_day
            balance = closing_of(of_day, balance)
            held.change(day, balance)
            last_on = day
            last_own = day if any(entry.own is not False for entry in of_day) else last_own
        starts_late = month == number(span.since) and span.since.day > 1 + span.grace
        yield Month(
            month,
            balance,
            held.average(),
            sum(entry.amount for entry in rows if entry.amount > 0),
            -sum(entry.amount for entry in rows if entry.amount < 0),
            len(rows),
            last_on,
            last_own,
            # An account that was empty before its first entry is new: its first month is whole.
            (starts_late and not (held.opening == 0 and not known)) or _ends_early(month, span),
        )


def opening_of(rows: Sequence[Entry]) -> int | None:
    """The balance before the first day's entries, whatever their order; None when no balance is printed.

    Each entry leads from one balance to the next, so the opening is the one balance that no entry leads to.
    """
    after = Counter(entry.balance for entry in rows if entry.balance is not None)
    if not rows or after.total() < len(rows):
        return None
    before = Counter(entry.balance - entry.amount for entry in rows if entry.balance is not None)
    total = sum(entry.amount for entry in rows)
    loose = list((before - after).elements()) or list(before)
    return min(loose, key=lambda start: (min(abs(start + total - end) for end in after), start))


def closing_of(rows: Sequence[Entry], balance: int | None) -> int | None:
    """The balance at the end of a day that began with `balance`."""
    printed = [entry.balance for entry in rows if entry.balance is not None]
    if balance is None:
        return printed[0] if len(rows) == 1 and printed else None
    total = balance + sum(entry.amount for entry in rows)
    return min(printed, key=lambda end: (abs(end - total), end)) if printed else total


class _Held:
    """Gathers sum(balance x days held) over one month; a balance counts from the day it was reached."""

    def __init__(self, month: int, opening: int | None, until: date) -> None:
        self.opening = opening
        self._balance = opening
        self._since = 1
        self._days = until.day if number(until) == month else days_in(month)
        self._sum: int | None = 0

    def change(self, day: date, balance: int | None) -> None:
        self._add(day.day - self._since)
        self._since, self._balance = day.day, balance

    def average(self) -> int | None:
        """The daily average in minor units, half a unit rounded away from zero; None when a balance is unknown."""
        self._add(self._days - self._since + 1)
        if self._sum is None:
            return None
        sign = -1 if self._sum < 0 else 1
        return sign * ((2 * abs(self._sum) + self._days) // (2 * self._days))

    def _add(self, days: int) -> None:
        if days > 0:
            self._sum = None if self._sum is None or self._balance is None else self._sum + self._balance * days


def _ends_early(month: int, span: Span) -> bool:
    return month == number(span.until) and days_in(month) - span.until.day > span.grace
