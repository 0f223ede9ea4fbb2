"""How complete a profile is, what to ask next, and what shows of a child: plain rules, no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from rmdesk.base.record import record
from rmdesk.services.rulebook import Words, book, words


@record
class Weighed:
    """One thing a profile should hold (rules/profile.toml): how much it counts, and how it is asked for."""

    name: str
    weight: int
    company: bool
    short: Words
    question: Words


@record
class Known:
    """What is known of one thing: whether it is filled in, and the day it was last confirmed (None: nobody knows)."""

    name: str
    filled: bool
    confirmed_on: date | None = None


@record
class Question:
    """Something to ask at the next visit: what is missing, or was confirmed too long ago (`stale`)."""

    field: str
    short: Words
    text: Words
    weight: int
    stale: bool


@record
class Completeness:
    """How complete a profile is, 0 to 100, and what is missing, the weightiest first."""

    percent: int
    missing: tuple[Question, ...]


def weighed(*, company: bool) -> tuple[Weighed, ...]:
    """The things a profile should hold, of a person or of a company."""
    return tuple(_weighed(entry) for entry in book("profile")["completeness"]["field"] if _asked(entry, company))


def is_fresh(confirmed_on: date | None, day: date) -> bool:
    """Whether what was confirmed then still counts: within 12 months, the day a year later included (domain §4)."""
    if confirmed_on is None:
        return False
    return months_later(confirmed_on, fresh_months()) >= day


def fresh_months() -> int:
    """For how many months a confirmation counts."""
    return int(book("profile")["fresh"]["months"]["value"])


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that has no such day."""
    month = day.year * 12 + day.month - 1 + months
    for last in range(day.day, 27, -1):
        try:
            return date(month // 12, month % 12 + 1, last)
        except ValueError:
            continue
    return date(month // 12, month % 12 + 1, day.day)


def completeness(known: Iterable[Known], day: date, *, company: bool = False) -> Completeness:
    """sum(weight x filled x fresh) / sum(weight) in percent, rounded half up (domain §4)."""
    found = {one.name: one for one in known}
    whole = got = 0
    missing = []
    for entry in weighed(company=company):
        one = found.get(entry.name)
        filled = one is not None and one.filled
        whole += entry.weight
        if one is not None and filled and is_fresh(one.confirmed_on, day):
            got += entry.weight
        else:
            missing.append(Question(entry.name, entry.short, entry.question, entry.weight, filled))
    missing.sort(key=lambda one: (-one.weight, one.stale))
    return Completeness((200 * got + whole) // (2 * whole), tuple(missing))


def is_child(birth: str | None, day: date) -> bool:
    """Whether a birth date (YYYY-MM-DD, YYYY-MM or YYYY) is that of a child under 14 on `day`.

    Without a year nobody can say, so no. Where the month or day is not known, the latest possible one counts.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", birth or "")
    if found is None:
        return False
    born = (int(found[1]), int(found[2] or 12), int(found[3] or 31))
    under = int(book("profile")["children"]["under"]["value"])
    return born > (day.year - under, day.month, day.day)


def shown_birth(birth: str | None, day: date) -> str:
    """A birth date as it may be shown: of a child under 14 month and day only, in the form ---MM-DD."""
    if not is_child(birth, day):
        return birth or ""
    parts = (birth or "").split("-")
    return f"---{parts[1]}-{parts[2]}" if len(parts) == 3 else ""


def _asked(entry: dict[str, Any], company: bool) -> bool:
    return not company or bool(entry.get("company"))


def _weighed(entry: dict[str, Any]) -> Weighed:
    return Weighed(
        entry["name"],
        int(entry["weight"]),
        bool(entry.get("company")),
        words(entry["short"]),
        words(entry["question"]),
    )
