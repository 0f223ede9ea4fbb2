"""What the care queries give back. Plain rows, cheap to import: no numpy, no database."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import CareMarkKind, ClientId, Familiarity, Lane, Purpose, RecordId, Tier


class Shade(StrEnum):
    """What a bar, a reason or a receipt line is about; the window gives each its colour."""

    VALUE = "value"
    OVERDUE = "overdue"
    OCCASION = "occasion"
    RISK = "risk"
    OPPORTUNITY = "opportunity"


class Step(StrEnum):
    """The next action that a row offers."""

    CALL = "call"
    VISIT = "visit"
    MEET = "meet"  # book a meeting
    CARD = "card"  # write a card
    MESSAGE = "message"
    RENEW = "renew"  # plan the renewal
    RESOLVE = "resolve"  # settle a complaint
    KEEP = "keep"  # keep a promise
    COMPLETE = "complete"  # ask for missing data


@record
class Reason:
    """Why a client is on the list, short enough for a chip."""

    shade: Shade
    text: Phrase


@record
class Action:
    """What to do next with the client."""

    step: Step
    text: Phrase


@record
class CareItem:
    """One row of the day's list. `bars` are points by shade; they add up to the score before rounding."""

    rank: int
    client: ClientId
    number: str | None
    name: str
    initials: str
    tier: Tier | None
    familiarity: Familiarity
    group: str | None  # G1..G9
    lane: Lane
    score: float
    aum_minor: int | None
    currency: str
    bars: tuple[tuple[Shade, float], ...]
    reasons: tuple[Reason, ...]
    action: Action
    marked: CareMarkKind | None = None


@record
class MarkRow:
    """A client whom the manager dealt with today, or put off."""

    id: RecordId
    client: ClientId
    name: str
    kind: CareMarkKind
    until: date | None
    reason: str | None


@record
class CareDay:
    """The day's list in the order to work it, and what it was taken from.

    `lanes` counts every client that belongs to a lane, on the list or not; `gates` counts who passed each step of
    the purpose's pipeline; `length` is how many contacts the day holds.
    """

    day: date
    purpose: Purpose
    items: tuple[CareItem, ...]
    done: int
    waiting: int
    snoozed: int
    length: int
    lanes: dict[Lane, int]
    gates: tuple[tuple[Phrase, int], ...] = ()
    marks: tuple[MarkRow, ...] = ()
    notes: tuple[Phrase, ...] = ()  # what limits the list: stale data, currencies left out, ...


@record
class ReceiptLine:
    """One line of the score. `points` are unrounded; all lines add up to the score before rounding."""

    rule: str  # C F O M R S, or "cap"
    shade: Shade
    points: float
    input: Phrase
    as_of: date | None
    why: Phrase
    setting: str
    known: bool = True


@record
class Fact:
    """A figure that enters several lines: value V, loyalty L, cadence D, group, tier."""

    name: str
    value: float | None
    input: Phrase
    why: Phrase


@record
class Receipt:
    """Why a client has this score. `excluded` says why the client is not scored at all."""

    client: ClientId
    day: date
    purpose: Purpose
    score: float
    rank: int | None
    of: int
    lane: Lane | None
    lines: tuple[ReceiptLine, ...]
    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    action: Action | None
    excluded: Phrase | None = None
    what_if: str | None = None  # the Channel assumed for today
    before: float | None = None  # the score without the assumption


@record
class AgendaRow:
    """Something for the day: a planned visit, a promise to keep, a maturity to speak about, or a record that the lead
    gave back ("returned") or wants to talk about ("discuss"): then `entity` is what it is, and `text` what was said.
    """

    client: ClientId
    name: str
    at: str | None  # HH:MM
    kind: str  # "visit", "promise", "maturity", "returned", "discuss"
    channel: str | None
    text: str | None
    id: RecordId
    entity: str = ""


@record
class OccasionRow:
    """An occasion in the days ahead."""

    client: ClientId
    name: str
    person: str | None  # whose day it is, when not the client's own
    kind: str
    title: Phrase
    on: date
    days: int
    calendar: str
    age: int | None
    round: bool


@record
class WarningRow:
    """A maturity ahead, a fall, a client on watch."""

    client: ClientId
    name: str
    kind: str  # "maturity", "fall", "watch", "complaint"
    shade: Shade
    text: Phrase
    on: date | None
    amount_minor: int | None
    currency: str


@record
class Moved:
    """A client's place before and after a change of weights; None: not on that list."""

    client: ClientId
    name: str
    score_before: float
    score_after: float
    rank_before: int | None
    rank_after: int | None
