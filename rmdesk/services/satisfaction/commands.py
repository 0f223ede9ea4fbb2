"""What is written about satisfaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.complaints import Satisfaction
from rmdesk.models.kinds import Channel, ClientId, RecordId, new_id
from rmdesk.services.profile.days import check_year
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.rulebook import book
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import TakeAway
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class NoteSatisfaction:
    """Note how satisfied a client says they are: CSAT 1 to 5, NPS 0 to 10, or both."""

    label: ClassVar[str] = N_("Note satisfaction")
    client: ClientId
    on: date
    csat: int | None = None
    nps: int | None = None
    channel: Channel | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        work.get(Client, self.client)
        if self.csat is None and self.nps is None:
            raise Refused(N_("Enter at least one of the two answers."), field="csat", code="empty")
        for name in ("csat", "nps"):
            _check_scale(name, getattr(self, name))
        if self.on > clock.today():
            raise Refused(N_("The day lies in the future."), field="on", code="future")
        check_year(self.on, "on")
        answer = Satisfaction(
            id=new_id(),
            client_id=self.client,
            on=self.on,
            csat=self.csat,
            nps=self.nps,
            channel=self.channel.value if self.channel else None,
            note=check_text(self.note, "note") or None,
        )
        work.add(answer)
        return Done(RecordId(answer.id), inverse=TakeAway(((Satisfaction, answer.id),)))


@dataclass(frozen=True, slots=True)
class RemoveSatisfaction:
    """Take away an answer that was entered by mistake."""

    label: ClassVar[str] = N_("Remove answer")
    answer: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return TakeAway(((Satisfaction, self.answer),)).apply(work)


def _check_scale(name: str, value: int | None) -> None:
    scale = book("satisfaction")[name]
    if value is not None and not scale["lowest"] <= value <= scale["highest"]:
        raise Refused(
            N_("The answer must lie between {lowest} and {highest}."),
            field=name,
            code="bad_scale",
            lowest=scale["lowest"],
            highest=scale["highest"],
            guide="loyalty",
        )
