"""Handing clients over to another book, and what is purged after it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from rmdesk.wire.messages import Id
from rmdesk.wire.people import Name

MOST_HANDED = 50  # clients of one hand-over, which is one transaction


class HandoverAsk(Struct):
    """Asks to move clients from one book to another. Somebody else must confirm it."""

    clients: Annotated[list[Id], Meta(min_length=1, max_length=MOST_HANDED)]
    to_book: Id
    reason: Name
    grace_days: Annotated[int, Meta(ge=0, le=90)] = 14


class HandoverRow(Struct):
    """One client's move."""

    id: str
    batch: str
    client: str
    from_book: str
    to_book: str
    state: str
    reason: str
    asked_by: str
    asked_at: str
    decided_by: str = ""
    done_at: str = ""
    grace_until: str = ""


class HandoverRows(Struct):
    """Moves of clients."""

    handovers: list[HandoverRow]


class PurgeRow(Struct):
    """A desk that has not said yet that it removed a client who left."""

    handover: str
    device: str
    device_name: str
    user: str
    client: str
    due_at: str
    days_late: int


class PurgeRows(Struct):
    """What desks have still to remove."""

    purges: list[PurgeRow]
