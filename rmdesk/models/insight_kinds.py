"""The plain vocabulary of campaigns, clubs, events, products and group clients; taken from `models/kinds.py`."""

from __future__ import annotations

from enum import StrEnum


class RenewalWay(StrEnum):
    """What is meant to become of what matures."""

    UNDECIDED = "undecided"
    RENEW = "renew"
    MOVE = "move"
    PAY_OUT = "pay_out"


class ExposureKind(StrEnum):
    """What a bank can be exposed to with a client: lent, answered for, or promised (rules/groups.toml names them)."""

    LOAN = "loan"
    TRADE_FINANCE = "trade_finance"
    BILLS = "bills"
    LEASING = "leasing"
    OVERDRAFT = "overdraft"
    ADVANCES = "advances"
    ACCEPTANCES = "acceptances"
    LETTERS_OF_CREDIT = "letters_of_credit"
    GUARANTEES = "guarantees"
    COMMITMENTS = "commitments"


class GatheringState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"
    HELD = "held"


class Reply(StrEnum):
    """What an invited client answered."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


class Proposal(StrEnum):
    """What the figures say about a client and a club."""

    JOIN = "join"
    STAY = "stay"
    WATCH = "watch"  # may still make it, or is a member below the limit
    LEAVE = "leave"
    UNKNOWN = "unknown"  # not decidable: data are missing


class Decision(StrEnum):
    """What the manager decided for a half-year."""

    JOIN = "join"
    STAY = "stay"
    WATCH = "watch"  # stays a member, with an eye on the window
    LEAVE = "leave"
    DECLINE = "decline"  # does not join


class TermState(StrEnum):
    """The lead's word on a decision."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class PointsKind(StrEnum):
    EARN = "earn"
    REDEEM = "redeem"
    EXPIRE = "expire"
    CORRECT = "correct"


class CampaignState(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"


class TouchOutcome(StrEnum):
    """What came of one touch of a campaign."""

    NOT_REACHED = "not_reached"
    REACHED = "reached"
    INTERESTED = "interested"
    DECLINED = "declined"
    BOUGHT = "bought"


class RequestState(StrEnum):
    """Where a question for a specialist stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
