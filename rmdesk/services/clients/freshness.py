"""How old a bank's value may be: the limits of resources/rules/freshness.toml."""

from __future__ import annotations

from datetime import date
from functools import cache

from rmdesk.services.rulebook import book


@cache
def _table() -> dict[str, int]:
    return {name: int(entry["value"]) for name, entry in book("freshness").items()}


def stale_days() -> int:
    """Values told more days ago than this are marked as out of date."""
    return _table()["stale_days"]


def maturity_days() -> int:
    """How far ahead the table of clients looks for maturities."""
    return _table()["maturity_days"]


def ladder_months() -> int:
    """How many months of maturities a client file shows."""
    return _table()["ladder_months"]


def occasion_days() -> int:
    """How far ahead a client file lists occasions."""
    return _table()["occasion_days"]


def is_stale(as_of: date | None, day: date, limit: int | None = None) -> bool:
    """Whether a value told on `as_of` is too old on `day`; without a date nothing is said."""
    return as_of is not None and (day - as_of).days > (stale_days() if limit is None else limit)
