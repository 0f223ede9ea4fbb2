"""What the overview of gifts tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId, GiftState, OccasionKind
from rmdesk.services.gifts.library import Suggestion
from rmdesk.services.gifts.rules import Counted


@dataclass(frozen=True, slots=True)
class Budget:
    """What is used of a year's budget, in minor units; `breaches` of that year are counted beside it."""

    year: int
    currency: str
    limit: int
    counted: Counted
    gifts: int
    breaches: int

    @property
    def left(self) -> int:
        """What is left; below zero when the lead allowed more."""
        return self.limit - self.counted.committed


@dataclass(frozen=True, slots=True)
class AheadRow:
    """An occasion within its lead time for which no gift is planned."""

    client: ClientId
    name: str
    tier: str
    on: date
    days: int
    title: Phrase
    kind: OccasionKind
    person: str | None
    occasion_id: str | None
    ideas: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueRow:
    """What gifts cost for a client in 12 months against their assets; None is unknown. `liking` is the mean, 1 to 5."""

    client: ClientId
    name: str
    gifts: int
    cost_minor: int | None
    currency: str
    aum_minor: int | None
    share: float | None  # cost per unit of assets
    liking: float | None


@dataclass(frozen=True, slots=True)
class ThanksRow:
    """A valued suggestion of a client, and the gift that thanked for it, if any."""

    feedback: str
    client: ClientId
    name: str
    on: date
    text: str
    gift: str | None
    title: str | None
    state: GiftState | None
