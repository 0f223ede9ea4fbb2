"""What the queries of the team give back."""

from __future__ import annotations

from datetime import date, datetime

from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.team.rules import Why


@record
class ReviewRow:
    """What a lead said of a record. `final`: the hub has it, so it can't be taken back any more."""

    number: int
    id: str
    entity: str
    entity_id: str
    client: ClientId
    client_name: str
    word: str
    comment: str
    tag: str
    by: str  # a name
    at: datetime
    final: bool


@record
class AddendumRow:
    """What was added to a record."""

    id: str
    text: str
    by: str  # a name
    at: datetime


@record
class QueueRow:
    """A record to look at. `entity` gift_approval: a request to decide on, `id` its id.

    `on` is the day it is about, `tier` of the client; `before` is the last word on it, "" when there was none.
    """

    entity: str
    id: str
    client: ClientId
    client_name: str
    book: str
    member: str
    on: date
    why: Why
    tier: str | None
    text: str
    channel: str = ""
    minutes: int | None = None
    amount_minor: int | None = None
    currency: str = ""
    before: str = ""


@record
class LogLine:
    """One fact of a record: its name (a msgid), its text, chips as (text, kind), or an amount in minor units."""

    label: str
    text: str | Phrase = ""
    chips: tuple[tuple[str, str], ...] = ()
    minor: int | None = None
    currency: str = ""


@record
class Log:
    """A record in full with what a lead wants to know of the client, what was said of it and what was added."""

    entity: str
    id: str
    client: ClientId
    client_name: str
    member: str
    on: date
    at: str
    channel: str
    minutes: int | None
    entered_at: datetime | None
    late: bool
    tier: str | None
    about: tuple[LogLine, ...]  # of the client
    lines: tuple[LogLine, ...]  # of the record
    reviews: tuple[ReviewRow, ...]
    added: tuple[AddendumRow, ...]
    sealed: bool
    request: str = ""  # the request to decide on
