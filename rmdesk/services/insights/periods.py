"""The stretches of time that insights are asked for."""

from __future__ import annotations

from datetime import date, timedelta

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_

MONTH, LAST_MONTH, QUARTER, YEAR = "month", "last_month", "quarter", "year"
NAMES: dict[str, str] = {
    MONTH: N_("This month"),
    LAST_MONTH: N_("Last month"),
    QUARTER: N_("This quarter"),
    YEAR: N_("Last 12 months"),
}


@record
class Period:
    """From `first` to `last`, both in it."""

    name: str
    first: date
    last: date


def period(name: str, today: date) -> Period:
    """The stretch of a name, as it lies today; Refused when there is no such name."""
    begins = today.replace(day=1)
    match name:
        case "month":
            return Period(name, begins, today)
        case "last_month":
            end = begins - timedelta(1)
            return Period(name, end.replace(day=1), end)
        case "quarter":
            return Period(name, date(today.year, (today.month - 1) // 3 * 3 + 1, 1), today)
        case "year":
            return Period(name, _months_back(begins, 11), today)
    raise Refused(
        N_("{written} is no period."), do=N_("Choose month, last_month, quarter or year."), field="period",
        code="usage", written=name,
    )  # fmt: skip


def _months_back(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def month_number(day: date) -> int:
    """The month of a day, counted as the figures of clients are: year times 12 plus month less one."""
    return day.year * 12 + day.month - 1


def month_text(number: int) -> str:
    """A month as 2026-09."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_of(text: str) -> int:
    """What `month_text` wrote."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1
