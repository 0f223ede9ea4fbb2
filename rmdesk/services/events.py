"""What a line of a client's timeline is; every feature tells its own, `services/timeline` puts them together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rmdesk.base.text import Phrase


class EventKind(StrEnum):
    """What a line of the timeline is about."""

    CONTACT = "contact"
    PLAN = "plan"
    PROMISE = "promise"
    TASK = "task"
    COMPLAINT = "complaint"
    FEEDBACK = "feedback"
    CHURN = "churn"
    CAMPAIGN = "campaign"
    SPECIALIST = "specialist"
    CARE = "care"
    GREETING = "greeting"
    GIFT = "gift"
    JOURNAL = "journal"
    RELATION = "relation"
    MONEY = "money"
    REVIEW = "review"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a client's timeline. `entity` and `entity_id` (table and key) say what a click opens."""

    on: date
    kind: EventKind
    title: Phrase
    text: str
    late: bool = False  # a promise that was not kept in time, a complaint past its day
    entity: str = ""
    entity_id: str = ""
