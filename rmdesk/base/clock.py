"""The only source of "now" and "today", so that a date can be fixed for a run, a test or a picture."""

from __future__ import annotations

from datetime import UTC, date, datetime

_fixed: date | None = None


def fix(day: date | None) -> None:
    """Pin today to `day` for the whole process; None lets time run again."""
    global _fixed
    _fixed = day


def unfixed() -> datetime:
    """The instant by the computer's own clock, in UTC, whatever day was asked for: for what must not be talked into."""
    return datetime.now(UTC)


def today() -> date:
    """The plain calendar date at the desk; no time zone ever moves it."""
    return _fixed if _fixed is not None else datetime.now().astimezone().date()


def now() -> datetime:
    """The instant, in UTC; on a fixed day the desk's time of day still runs, so that order is kept."""
    if _fixed is None:
        return datetime.now(UTC)
    here = datetime.now().astimezone()
    return here.replace(year=_fixed.year, month=_fixed.month, day=_fixed.day).astimezone(UTC)
