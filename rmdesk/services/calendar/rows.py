"""What stands in the calendar: one row type for all kinds of entries, and the row of a client's kept day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId, OccasionKind, RecordId
from rmdesk.services.occasions.details import Details
from rmdesk.services.occasions.names import BIRTHDAYS
from rmdesk.services.occasions.queries import NamedDue


class EntryKind(StrEnum):
    """What an entry of the calendar is about, in the order in which a day shows them."""

    VISIT = "visit"
    EVENT = "event"
    PROMISE = "promise"
    TASK = "task"
    BIRTHDAY = "birthday"
    FAMILY = "family"
    ANNIVERSARY = "anniversary"
    FESTIVAL = "festival"
    PREPARE = "prepare"
    MATURITY = "maturity"


ORDER = {kind: at for at, kind in enumerate(EntryKind)}


class Entry(NamedTuple):
    """One line of a day. `due` is the occasion behind an entry of an occasion, or of a gift to prepare for one."""

    on: date
    kind: EntryKind
    client: ClientId | None
    name: str
    text: Phrase
    at: str | None = None  # HH:MM
    key: str = ""  # id of the visit, event, promise or task
    due: NamedDue | None = None
    done: bool = False  # greeted

    @property
    def round(self) -> bool:
        """Whether it is a birthday that stands out."""
        return self.due is not None and self.due.round and self.kind is not EntryKind.PREPARE


def kind_of(kind: OccasionKind) -> EntryKind:
    """Under which kind of entry an occasion stands."""
    if kind in BIRTHDAYS:
        return EntryKind.BIRTHDAY if kind is OccasionKind.BIRTHDAY else EntryKind.FAMILY
    return EntryKind.FESTIVAL if kind is OccasionKind.FESTIVAL else EntryKind.ANNIVERSARY


@dataclass(frozen=True, slots=True)
class KeptDay:
    """A day of a client as the file shows it; `id` is None for what the bank's data tell.

    `next` is the occurrence to come, with `years` then and the days of preparation; `hidden` says why none is shown.
    """

    id: RecordId | None
    details: Details
    said: Phrase
    key: str
    next: date | None
    days: int | None
    years: int | None
    round: bool
    lead_days: int
    greeted: date | None
    hidden: Phrase | None = None


@dataclass(frozen=True, slots=True)
class GreetingRow:
    """One greeting that was sent."""

    id: RecordId
    said: Phrase
    for_day: date
    on: date
    channel: str
    text: str
