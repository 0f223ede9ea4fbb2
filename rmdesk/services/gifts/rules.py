"""What may become of a gift, what counts against a limit, and the three gates. Pure: no session, no clock.

Amounts are minor units of the portfolio's currency. Texts and numbers: rules/gifts.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from rmdesk.base.money import Money, to_minor
from rmdesk.models.kinds import ClientId, GiftState, RecordId

S = GiftState

# From each state, where a gift may go. Undo is not bound by it: it restores what was.
MOVES: dict[GiftState, frozenset[GiftState]] = {
    S.IDEA: frozenset({S.PLANNED, S.DROPPED}),
    S.PLANNED: frozenset({S.AWAITING, S.BOUGHT, S.GIVEN, S.DROPPED}),
    S.AWAITING: frozenset({S.APPROVED, S.PLANNED, S.BOUGHT, S.GIVEN, S.DROPPED}),
    S.APPROVED: frozenset({S.AWAITING, S.PLANNED, S.BOUGHT, S.GIVEN, S.DROPPED}),
    S.BOUGHT: frozenset({S.AWAITING, S.GIVEN, S.RETURNED}),
    S.GIVEN: frozenset({S.NOTED, S.RETURNED}),
    S.NOTED: frozenset({S.NOTED, S.RETURNED}),
    S.DROPPED: frozenset(),
    S.RETURNED: frozenset(),
}
COMMITTED = frozenset({S.APPROVED, S.BOUGHT, S.GIVEN, S.NOTED})
RESERVED = frozenset({S.PLANNED, S.AWAITING})
OPEN = frozenset({S.IDEA, S.PLANNED, S.AWAITING, S.APPROVED, S.BOUGHT})
ASKED = frozenset({S.AWAITING, S.APPROVED})  # the lead has it, or has decided: what was asked for stays as it is


class Verdict(IntEnum):
    """What a gate says, from best to worst."""

    OK = 0
    WARN = 1
    APPROVAL = 2
    BLOCKED = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a gift before it is given; the recipient is the client unless another is named."""

    client: ClientId
    title: str
    to_client: ClientId | None = None
    to_person: RecordId | None = None
    category: str | None = None
    cost_minor: int | None = None
    currency: str | None = None
    why: str | None = None
    occasion_id: str | None = None
    occasion: str | None = None
    tied_to: str | None = None
    planned_for: date | None = None
    feedback_id: str | None = None

    @property
    def recipient(self) -> str:
        """Who receives it, as one key: `p` and a person's id, or `c` and a client's."""
        return recipient_key(self.client, self.to_client, self.to_person)


@dataclass(frozen=True, slots=True)
class Counted:
    """What gifts of a year come to. `unknown` counts those without a known cost, or in a currency without a rate."""

    committed: int = 0
    reserved: int = 0
    unknown: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.committed + other.committed, self.reserved + other.reserved, self.unknown + other.unknown)


@dataclass(frozen=True, slots=True)
class Room:
    """One limit and what is counted against it, the gift in question left out. `rule` names its text."""

    name: str  # recipient, client, budget
    rule: str  # recipient, strict, client, budget
    limit: int
    counted: Counted

    @property
    def left(self) -> int:
        """What is left; never below zero."""
        return max(0, self.limit - self.counted.committed)

    def over(self, cost: int) -> int:
        """By how much this cost would pass the limit; 0 at the limit."""
        return max(0, self.counted.committed + cost - self.limit)


def may(before: GiftState, after: GiftState) -> bool:
    """Whether a gift may go from one state to the other."""
    return after in MOVES[before]


def recipient_key(client: int, to_client: int | None, to_person: str | None) -> str:
    """Who receives a gift, as one key: a person, another client, or the client."""
    if to_person is not None:
        return f"p{to_person}"
    return f"c{client if to_client is None else to_client}"


def day_that_counts(given: date | None, planned: date | None, today: date) -> date:
    """The day whose year a gift counts in: given, or planned for, or today when that has passed or is open."""
    if given is not None:
        return given
    return planned if planned is not None and planned >= today else today


def is_committed(state: GiftState, bought: bool) -> bool:
    """Whether a gift counts against the limits; one that is bought counts, whatever is asked about it anew."""
    return state in COMMITTED or (state is S.AWAITING and bought)


def converted(minor: int, currency: str, home: str, rates: Mapping[str, Decimal]) -> int | None:
    """An amount in the portfolio's currency; None without a rate, never the bare figure."""
    if currency == home:
        return minor
    rate = rates.get(currency)
    return None if rate is None else to_minor(Money(minor, currency).amount * rate, home)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the month's last day where it lacks that day."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def state_after_decision(*, approved: bool, bought: bool) -> GiftState:
    """Where the lead's answer leads a gift that waits: what was bought meanwhile stays bought."""
    if bought:
        return S.BOUGHT
    return S.APPROVED if approved else S.PLANNED
