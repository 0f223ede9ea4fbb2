"""The plain vocabulary of what is kept: enums, ids, topics. Imports no library, so that reading stays cheap."""

from __future__ import annotations

import os
import time
from enum import StrEnum
from typing import NewType

# isort: off
from rmdesk.models.insight_kinds import (
    CampaignState as CampaignState,
    Decision as Decision,
    ExposureKind as ExposureKind,
    GatheringState as GatheringState,
    PointsKind as PointsKind,
    Proposal as Proposal,
    RenewalWay as RenewalWay,
    Reply as Reply,
    RequestState as RequestState,
    TermState as TermState,
    TouchOutcome as TouchOutcome,
)
# isort: on

ClientId = NewType("ClientId", int)
BatchId = NewType("BatchId", int)
USER_NAME_KEY = "general.user_name"  # the setting whose value signs the change records
RecordId = NewType("RecordId", str)  # a record made on the desk: UUIDv7 as 32 hex digits


_last = 0  # of the stamps given, in 1/4096 ms


def new_id() -> RecordId:
    """A new record id: UUIDv7 with a finer clock (RFC 9562, 6.2 method 3), so that ids made on one desk sort by time,
    those of one millisecond too."""
    global _last
    _last = stamp = max((time.time_ns() << 12) // 1_000_000, _last + 1)
    high = stamp >> 12 << 16 | 0x7000 | stamp & 0xFFF
    low = 0x8000_0000_0000_0000 | int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF
    return RecordId(f"{high:016x}{low:016x}")


class Topic(StrEnum):
    """What a page can watch; every table belongs to one."""

    CLIENTS = "clients"
    HOLDINGS = "holdings"
    IMPORTS = "imports"
    SEGMENTS = "segments"
    CARE = "care"
    OCCASIONS = "occasions"
    VISITS = "visits"
    COMPLAINTS = "complaints"
    CHURN = "churn"
    CAMPAIGNS = "campaigns"
    SPECIALISTS = "specialists"
    RELATIONS = "relations"
    PROFILE = "profile"
    GIFTS = "gifts"
    JOURNALS = "journals"
    PRODUCTS = "products"
    GROUPS = "groups"
    DRAFTS = "drafts"
    SYNC = "sync"
    TEAM = "team"
    REPORTS = "reports"
    SETTINGS = "settings"
    AUDIT = "audit"
    GATHERINGS = "gatherings"
    CLUBS = "clubs"


class ClientKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"


class ClientStatus(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"
    DECEASED = "deceased"
    DO_NOT_CONTACT = "do_not_contact"


class Origin(StrEnum):
    """Who made the client row: the bank's export, or the manager (a prospect)."""

    BANK = "bank"
    DESK = "desk"


class AssetKind(StrEnum):
    """What an account or holding is; which kinds count as assets is said in rules/products.toml."""

    DEMAND = "demand"
    TIME = "time"
    WEALTH = "wealth"
    FUND = "fund"
    INSURANCE = "insurance"
    BOND = "bond"
    METAL = "metal"
    TRUST = "trust"
    LOAN = "loan"
    CARD = "card"
    STANDING_ORDER = "standing_order"
    OTHER = "other"


class Tier(StrEnum):
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"
    T5 = "T5"


class Familiarity(StrEnum):
    STRANGER = "stranger"
    ACQUAINTED = "acquainted"
    FAMILIAR = "familiar"


class Channel(StrEnum):
    """Where a contact took place."""

    AT_CLIENT = "at_client"
    BRANCH = "branch"
    PHONE = "phone"
    CHAT = "chat"
    VIDEO = "video"
    EVENT = "event"


class VisitState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    HANDED_OVER = "handed_over"


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Mood(StrEnum):
    """How the client was."""

    UNHAPPY = "unhappy"
    CALM = "calm"
    PLEASED = "pleased"


class Taste(StrEnum):
    LIKE = "like"
    TABOO = "taboo"


class ConsentKind(StrEnum):
    MARKETING = "marketing"
    PROFILING = "profiling"
    SPECIALIST = "specialist"  # passing data on to a specialist of the bank
    CHILD = "child"  # a guardian's consent to keeping data on a child under 14


class RelationKind(StrEnum):
    """What the first of two is to the second; rules/relations.toml says the other way round."""

    SPOUSE = "spouse"
    PARENT = "parent"
    SIBLING = "sibling"
    FRIEND = "friend"
    COLLEAGUE = "colleague"
    EMPLOYER = "employer"
    OWNER = "owner"
    SUPPLIER = "supplier"
    ADVISER = "adviser"
    REFERRER = "referrer"
    INFLUENCER = "influencer"
    DECIDER = "decider"
    GUARANTOR = "guarantor"


class GiftState(StrEnum):
    IDEA = "idea"
    PLANNED = "planned"
    AWAITING = "awaiting"
    APPROVED = "approved"
    BOUGHT = "bought"
    GIVEN = "given"
    NOTED = "noted"
    DROPPED = "dropped"
    RETURNED = "returned"


class TiedTo(StrEnum):
    """What a gift must not depend on; such a gift is blocked by law."""

    DEPOSIT = "deposit"
    SALE = "sale"
    NEW_MONEY = "new_money"


class ApprovalState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    REVOKED = "revoked"


class FeedbackKind(StrEnum):
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    QUESTION = "question"
    CRITICISM = "criticism"


class CardOutcome(StrEnum):
    WORKED = "worked"
    PARTLY = "partly"
    NOT = "not"


class ComplaintState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Verdict(StrEnum):
    """How the client took the outcome of a complaint."""

    SATISFIED = "satisfied"
    ACCEPTED = "accepted"
    UNFAVOURABLE = "unfavourable"


class Word(StrEnum):
    """A team lead's word on a record, in a review."""

    APPROVED = "approved"
    EXEMPLARY = "exemplary"
    DISCUSS = "discuss"  # to be talked about, face to face
    RETURNED = "returned"


# What is reviewed, and which fields of it a review seals: not those that differ from desk to desk (a client's number),
# nor what goes on afterwards (a gift's reaction).
CONTENT: dict[str, tuple[str, ...]] = {
    "visit": (
        "state", "channel", "on", "at", "minutes", "two_way", "inbound", "marketing", "purpose", "content",
        "entered_at", "participants", "place", "district", "found", "mood", "next_step", "next_on", "reason",
    ),
    "gift": (
        "to_person_id", "title", "category", "cost_minor", "currency", "why", "occasion_id", "occasion", "tied_to",
        "bought_on", "given_on", "breach", "entered_at",
    ),
    "complaint": (
        "text", "severity", "received_on", "allowed_days", "state", "closed_on", "verdict", "channel", "owner", "hard",
        "extended_on", "extended_by", "solution",
    ),
}  # fmt: skip
REVIEWED = tuple(CONTENT)
SEALING = (Word.APPROVED, Word.EXEMPLARY)  # these words seal a record, and `returned` opens it again


class Calendar(StrEnum):
    SOLAR = "solar"
    LUNAR = "lunar"


class LeapPolicy(StrEnum):
    """Where a day of a leap month falls in a year without that month."""

    SAME = "same"
    NEXT = "next"


class DayPolicy(StrEnum):
    """Where a day falls that its month lacks: the month's last day, or the first of the next."""

    LAST = "last"
    NEXT = "next"


class OccasionKind(StrEnum):
    BIRTHDAY = "birthday"
    RELATIVE_BIRTHDAY = "relative_birthday"
    WEDDING = "wedding"
    OPENING = "opening"
    FOUNDING = "founding"
    CHILD_EVENT = "child_event"
    PROMOTION = "promotion"
    FESTIVAL = "festival"
    CUSTOM = "custom"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


class Purpose(StrEnum):
    """What the day is for; each is a preset of the weights in rules/scoring.toml."""

    MAINTAIN = "maintain"
    SELL = "sell"
    WAKE = "wake"


class Lane(StrEnum):
    MUST = "must"
    PRIORITY = "priority"
    SILENT_LOYAL = "silent_loyal"
    OPPORTUNITY = "opportunity"
    INCOMPLETE = "incomplete"  # 待补数据: money unknown


class CareMarkKind(StrEnum):
    DONE = "done"
    SNOOZED = "snoozed"


class BatchState(StrEnum):
    APPLIED = "applied"
    UNDONE = "undone"
    TOLD = "told"  # by the hub: nothing of it is undone at the desk


class Loss(StrEnum):
    """Why a client counts as lost."""

    FALL = "fall"  # the AUM stayed under a fifth of its 12-month maximum
    CLOSED = "closed"  # every account is closed
    NO_PRODUCT = "no_product"  # nothing is held any more


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class WinBack(StrEnum):
    """How a churn case ended."""

    WON = "won"
    PARTLY = "partly"
    LOST = "lost"
    MISTAKEN = "mistaken"  # the client was never lost
