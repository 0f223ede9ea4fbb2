"""What the manager does with a row of the care list: done, put off, or neither again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.care import CareMark
from rmdesk.models.clients import Client
from rmdesk.models.kinds import CareMarkKind, ClientId, RecordId, new_id
from rmdesk.services.profile.days import check_year
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import TakeAway
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MarkDone:
    """Take a client off today's list: cared for. Gives back the mark's id."""

    label: ClassVar[str] = N_("Mark as done")
    client: ClientId
    score: float | None = None
    reason: str | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        return _mark(work, self.client, CareMarkKind.DONE, None, self.reason, self.score)


@dataclass(frozen=True, slots=True)
class Snooze:
    """Put a client off until a later day, on which they come back. Gives back the mark's id."""

    label: ClassVar[str] = N_("Put care off to another day")
    client: ClientId
    until: date
    reason: str | None = None
    score: float | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        if self.until <= clock.today():
            raise Refused(
                N_("Putting off needs a day after today."),
                do=N_("Choose a later day."),
                field="until",
                code="not_later",
                guide="lanes",
            )
        check_year(self.until, "until")
        return _mark(work, self.client, CareMarkKind.SNOOZED, self.until, self.reason, self.score)


@dataclass(frozen=True, slots=True)
class Unmark:
    """Take a mark back: the client returns to the list as if it had not been set."""

    label: ClassVar[str] = N_("Put back on the list")
    mark: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return TakeAway(((CareMark, self.mark),)).apply(work)


def _mark(
    work: UnitOfWork, client: ClientId, kind: CareMarkKind, until: date | None, reason: str | None, score: float | None
) -> Done[RecordId]:
    work.get(Client, client)
    mark = CareMark(
        id=new_id(),
        client_id=client,
        on=clock.today(),
        kind=kind.value,
        until=until,
        reason=check_text(reason, "reason", limit_of("line")) or None,
        score=None if score is None else round(score * 10),
    )
    work.add(mark)
    return Done(RecordId(mark.id), inverse=Unmark(RecordId(mark.id)))
