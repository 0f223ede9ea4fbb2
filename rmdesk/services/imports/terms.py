"""What the user decides about a hand-over, and the numbers that imports go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from rmdesk.services.imports.records import Entity
from rmdesk.services.rulebook import book


@dataclass(frozen=True, slots=True)
class Terms:
    """How a hand-over is to be taken.

    `as_of` is its day where the files don't say one, `currency` that of amounts without one. `whole` names what
    the hand-over holds all of, so that what is missing has gone; `ended` says for which of these the missing rows
    are to be closed (nothing is ever deleted for being absent). `same` maps the key of a new client to the id of
    the client it was confirmed to be.
    """

    as_of: date
    currency: str = "CNY"
    whole: frozenset[Entity] = frozenset()
    ended: frozenset[Entity] = frozenset()
    same: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Numbers:
    """resources/rules/handover.toml, typed."""

    grace_days: int
    carry_months: int
    phone_tail: int
    samples: int
    findings: int
    most_gone: float
    hand_over_days: int


@cache
def numbers() -> Numbers:
    """The numbers that imports go by."""
    rules = book("handover")
    return Numbers(
        grace_days=rules["months"]["grace_days"]["value"],
        carry_months=rules["months"]["carry_months"]["value"],
        phone_tail=rules["people"]["phone_tail"]["value"],
        samples=rules["shown"]["samples"]["value"],
        findings=rules["shown"]["findings"]["value"],
        most_gone=rules["hub"]["most_gone"]["value"],
        hand_over_days=rules["hub"]["hand_over_days"]["value"],
    )
