"""When a complaint must be settled, and how heavy it is. Numbers: resources/rules/complaints.toml."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from rmdesk.base.record import record
from rmdesk.services.occasions import workdays
from rmdesk.services.rulebook import Words, book, words


@record
class Clock:
    """The legal clock, in days: of an ordinary and of a complex complaint, and what an approval adds."""

    allowed: int
    allowed_hard: int
    extension: int
    working_days: bool


@cache
def clock() -> Clock:
    """The clock of the rule book."""
    told = book("complaints")["clock"]
    return Clock(**{name: told[name]["value"] for name in ("allowed", "allowed_hard", "extension", "working_days")})


@cache
def severities() -> dict[int, Words]:
    """How heavy a complaint can be, in thousandths, with its name; light first."""
    return {entry["value"]: words(entry) for entry in book("complaints")["severity"].values()}


@cache
def offered_steps() -> tuple[Words, ...]:
    """The steps that are offered while one writes."""
    return tuple(words(entry) for entry in book("complaints")["steps"]["offered"])


def severity_name(severity: int) -> Words:
    """The name of the nearest step at or under a severity; that of the lightest below all."""
    known = severities()
    return known[max((value for value in known if value <= severity), default=min(known))]


def allowed_days(*, hard: bool, extended: bool, rule: Clock | None = None) -> int:
    """How many days a complaint has (domain §10): 15, a complex one 30, with approval 30 more."""
    rule = rule or clock()
    return (rule.allowed_hard if hard else rule.allowed) + (rule.extension if extended else 0)


def due_on(received: date, allowed: int, rule: Clock | None = None) -> date:
    """The last day of the clock; the day of receipt is not counted."""
    rule = rule or clock()
    return workdays.after(received, allowed) if rule.working_days else received + timedelta(allowed)


def days_used(received: date, day: date, rule: Clock | None = None) -> int:
    """How many days of the clock have gone by on `day`, 0 before it started."""
    rule = rule or clock()
    if day <= received:
        return 0
    if not rule.working_days:
        return (day - received).days
    return sum(workdays.is_workday(received + timedelta(ahead)) for ahead in range(1, (day - received).days + 1))
