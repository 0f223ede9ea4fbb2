"""Plain rules of points: what an amount earns, when it expires, and which points are used up first. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rmdesk.base.record import record
from rmdesk.services.gifts.rules import months_before
from rmdesk.services.points.tables import EarnRule


@record
class Line:
    """A line of a ledger: points below zero where they go; `of` is the line that an expiry or a correction is for."""

    id: str
    on: date
    points: int
    expires_on: date | None = None
    of: str = ""


def earned(rule: EarnRule, minor: int, unit: int) -> int:
    """What an amount in minor units earns; `unit` of them make one unit. Whole steps only, never below zero."""
    return rule.points * max(0, minor // (rule.per * unit)) if rule.per else rule.points


def expires_on(earned_on: date, months: int) -> date:
    """The day from which points no longer hold."""
    return months_before(earned_on, -months)


def balance(lines: Sequence[Line]) -> int:
    """The sum of the ledger, in points."""
    return sum(line.points for line in lines)


def unused(lines: Sequence[Line]) -> dict[str, int]:
    """How many points of each line that gave some are still there, by its id.

    What expires first is used first. A line that takes points back from a certain one (an expiry, a correction) takes
    them from that one as far as they are there, and the rest like any other.
    """
    gave = sorted((line for line in lines if line.points > 0), key=lambda line: (line.expires_on or date.max, line.on))
    left = {line.id: line.points for line in gave}
    spent = 0
    for line in lines:
        if line.points >= 0:
            continue
        own = min(left.get(line.of, 0), -line.points)
        if own:
            left[line.of] -= own
        spent += -line.points - own
    for line in gave:
        used = min(left[line.id], spent)
        left[line.id] -= used
        spent -= used
    return left


def expiring(lines: Sequence[Line], day: date) -> dict[str, int]:
    """What has expired by a day and is not written off yet: points by the id of the line that gave them."""
    left = unused(lines)
    return {
        line.id: left[line.id]
        for line in lines
        if line.points > 0 and line.expires_on is not None and line.expires_on <= day and left[line.id] > 0
    }
