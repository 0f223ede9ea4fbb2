"""Plain rules of benefits: the yearly count, what is left, which turn is next. No I/O."""

from __future__ import annotations

from collections.abc import Collection

from rmdesk.services.benefits.tables import Benefit


def right(benefit: Benefit, tier: int, *, member: bool) -> int:
    """How many uses a year a client has a right to: as a member, or by the tier 1..5 (0: unknown), what is more."""
    return max(benefit.tiers.get(tier, 0), benefit.member if member else 0)


def left(count: int, used: int) -> int:
    """What is left; never below zero, also when a right became smaller after it was used."""
    return max(0, count - used)


def next_turn(taken: Collection[int], count: int) -> int | None:
    """The lowest turn from 1 to `count` that is free; None when all are used."""
    return next((turn for turn in range(1, count + 1) if turn not in taken), None)
