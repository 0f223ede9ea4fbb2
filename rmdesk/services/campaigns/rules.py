"""Plain rules of campaigns: what a script may say, what a touch counts as, the funnel. No I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from rmdesk.base.record import record
from rmdesk.models.kinds import Channel, TouchOutcome

ENDED = frozenset({TouchOutcome.DECLINED, TouchOutcome.BOUGHT})
SPOKEN = frozenset(TouchOutcome) - {TouchOutcome.NOT_REACHED}
WON = frozenset({TouchOutcome.INTERESTED, TouchOutcome.BOUGHT})
_PLACE = re.compile(r"\{(\w+)\}")


def two_way(outcome: TouchOutcome) -> bool:
    """Whether a touch was a contact: nobody reached is none, as a message without an answer is none (domain §7)."""
    return outcome in SPOKEN


def counts_as_marketing(purpose_is_marketing: bool, outcome: TouchOutcome, channel: str) -> bool:
    """Whether a touch counts towards the frequency cap: service never does, and a call that nobody took left nothing
    with the client, while a message that was sent did."""
    return purpose_is_marketing and (two_way(outcome) or channel == Channel.CHAT)


def offers_in(script: str, words: Sequence[str], places: Sequence[str]) -> str:
    """The first word or place in a script that offers a product; empty when there is none."""
    lowered = script.casefold()
    found = [place for place in _PLACE.findall(script) if place in places]
    return f"{{{found[0]}}}" if found else next((word for word in words if word.casefold() in lowered), "")


def may_call_again(outcome: TouchOutcome | None, on: date | None, day: date, again: dict[str, int]) -> date | None:
    """From which day on a client is called again after the last outcome; `day` when at once, None: never again."""
    if outcome is None or on is None:
        return day
    if outcome in ENDED:
        return None
    return max(day, on + timedelta(days=again[outcome.value]))


def still_declined(on: date, day: date, *, same_campaign: bool, days: int) -> bool:
    """Whether a no still stands: to this very campaign for good, to the same product elsewhere for `days`."""
    return same_campaign or (day - on).days < days


@record
class Funnel:
    """What a campaign brought: traffic x conversion x ticket x margin. Amounts in minor units of one currency.

    `conversion`, `ticket`, `margin` and `profit` are None while nothing tells them: unknown is not zero.
    """

    traffic: int
    bought: int
    sold_minor: int
    margin_bp: int | None

    @property
    def conversion(self) -> float | None:
        """The part of those touched who bought."""
        return self.bought / self.traffic if self.traffic else None

    @property
    def ticket_minor(self) -> float | None:
        """What one who bought spent on average."""
        return self.sold_minor / self.bought if self.bought else None

    @property
    def margin(self) -> float | None:
        """The part of what was sold that is profit."""
        return None if self.margin_bp is None else self.margin_bp / 10_000

    @property
    def profit_minor(self) -> float | None:
        """Traffic x conversion x ticket x margin."""
        if self.margin is None or not self.traffic:
            return None
        ticket = self.ticket_minor
        return 0.0 if ticket is None else self.traffic * (self.conversion or 0.0) * ticket * self.margin
