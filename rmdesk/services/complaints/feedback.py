"""What is written about feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.complaints import Feedback
from rmdesk.models.kinds import Channel, ClientId, FeedbackKind, RecordId, new_id
from rmdesk.services.profile.days import check_year
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class NoteFeedback:
    """Take down what a client said about the bank without complaining."""

    label: ClassVar[str] = N_("Note feedback")
    client: ClientId
    kind: FeedbackKind
    text: str
    received_on: date
    channel: Channel | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        work.get(Client, self.client)
        said = check_text(self.text, "text")
        if not said:
            raise Refused(N_("Say what the client told."), field="text", code="empty")
        _not_ahead(self.received_on, "received_on")
        feedback = Feedback(
            id=new_id(),
            client_id=self.client,
            kind=self.kind.value,
            channel=self.channel.value if self.channel else None,
            text=said,
            received_on=self.received_on,
        )
        work.add(feedback)
        return Done(RecordId(feedback.id), inverse=TakeAway(((Feedback, feedback.id),)))


@dataclass(frozen=True, slots=True)
class ReplyToFeedback:
    """Note what the client was answered."""

    label: ClassVar[str] = N_("Reply to feedback")
    feedback: RecordId
    reply: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        feedback = work.get(Feedback, self.feedback)
        reply = check_text(self.reply, "reply")
        if not reply:
            raise Refused(N_("Say what the client was answered."), field="reply", code="empty")
        before = fields_of(feedback, "reply", "replied_on")
        feedback.reply, feedback.replied_on = reply, clock.today()
        return Done(None, inverse=PutBack(Feedback, self.feedback, before))


@dataclass(frozen=True, slots=True)
class ValueFeedback:
    """Mark feedback as worth a gift of thanks, or no longer."""

    label: ClassVar[str] = N_("Value feedback")
    feedback: RecordId
    valued: bool = True

    def apply(self, work: UnitOfWork) -> Done[None]:
        feedback = work.get(Feedback, self.feedback)
        before = fields_of(feedback, "valued")
        feedback.valued = self.valued
        return Done(None, inverse=PutBack(Feedback, self.feedback, before))


@dataclass(frozen=True, slots=True)
class RemoveFeedback:
    """Take away feedback that was entered by mistake."""

    label: ClassVar[str] = N_("Remove feedback")
    feedback: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return TakeAway(((Feedback, self.feedback),)).apply(work)


def _not_ahead(day: date, field: str) -> None:
    if day > clock.today():
        raise Refused(N_("The day lies in the future."), field=field, code="future")
    check_year(day, field)
