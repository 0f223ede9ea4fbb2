"""What is done with specialists: add, edit, retire; ask, note the reply, close, drop. Each names its inverse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.campaigns import Campaign
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, RecordId, RequestState, TaskState, new_id
from rmdesk.models.specialists import Specialist, SpecialistRequest
from rmdesk.models.visits import Task, Visit
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.specialists import tables
from rmdesk.services.specialists.queries import may_pass_on
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits import rules
from rmdesk.services.visits.entry import line, needed


@dataclass(frozen=True, slots=True)
class Details:
    """A specialist as entered."""

    name: str
    field: str
    unit: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AddSpecialist:
    """Note somebody who can be asked."""

    label: ClassVar[str] = N_("Add specialist")
    details: Details

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        specialist = Specialist(id=new_id())
        _write(specialist, self.details)
        work.add(specialist)
        return Done(RecordId(specialist.id), inverse=TakeAway(((Specialist, specialist.id),)))


@dataclass(frozen=True, slots=True)
class EditSpecialist:
    """Correct what is known of a specialist."""

    label: ClassVar[str] = N_("Edit specialist")
    specialist: RecordId
    details: Details

    def apply(self, work: UnitOfWork) -> Done[None]:
        specialist = work.get(Specialist, self.specialist)
        before = fields_of(specialist)
        _write(specialist, self.details)
        return Done(None, inverse=PutBack(Specialist, self.specialist, before))


@dataclass(frozen=True, slots=True)
class RetireSpecialist:
    """Do not offer a specialist any more; what was asked stays."""

    label: ClassVar[str] = N_("Remove specialist")
    specialist: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        specialist = work.get(Specialist, self.specialist)
        before = fields_of(specialist, "retired_on")
        specialist.retired_on = clock.today()
        return Done(None, inverse=PutBack(Specialist, self.specialist, before))


@dataclass(frozen=True, slots=True)
class AskSpecialist:
    """Ask about a client. Refused when the client does not want specialists to hear of them."""

    label: ClassVar[str] = N_("Ask a specialist")
    client: ClientId
    field: str
    question: str
    specialist: RecordId | None = None
    due: date | None = None
    campaign: RecordId | None = None
    visit: RecordId | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        work.get(Client, self.client)
        if may_pass_on(work, self.client) is False:
            raise Refused(
                N_("The client does not want to be passed on to specialists."),
                do=N_("Note the consent in the client's file once it is given."),
                field="client",
                code="no_consent",
                guide="specialists",
            )
        field = self.field
        if self.specialist is not None:
            field = work.get(Specialist, self.specialist).field
        _check_field(field)
        question = _text(self.question, "question", N_("Say what you want to know."))
        due = self.due or clock.today() + timedelta(days=tables.days("answer"))
        rules.check_ahead(due, clock.today(), "due")
        for model, key in ((Campaign, self.campaign), (Visit, self.visit)):
            if key is not None:
                work.get(model, key)
        request = SpecialistRequest(
            id=new_id(), client_id=self.client, specialist_id=self.specialist, field=field, campaign_id=self.campaign,
            visit_id=self.visit, question=question, asked_on=clock.today(), due_on=due, state=RequestState.OPEN.value,
        )  # fmt: skip
        work.add(request)
        return Done(RecordId(request.id), inverse=TakeAway(((SpecialistRequest, request.id),)))


@dataclass(frozen=True, slots=True)
class NoteReply:
    """Note what the specialist said. With `follow` a task for the client is made, due on `follow_on`."""

    label: ClassVar[str] = N_("Note the specialist's reply")
    request: RecordId
    reply: str
    follow: str = ""
    follow_on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId | None]:
        request = _in(work, self.request, RequestState.OPEN, N_("This question does not wait for an answer."))
        reply, follow = _text(self.reply, "reply", N_("Say what the answer was.")), line(self.follow, "follow")
        kept = Kept()
        kept.before(request)
        request.state, request.reply, request.replied_on = RequestState.ANSWERED.value, reply, clock.today()
        if not follow:
            return Done(None, inverse=kept.inverse)
        due = self.follow_on or clock.today() + timedelta(days=tables.days("follow"))
        rules.check_ahead(due, clock.today(), "follow_on")
        task = Task(
            id=new_id(), client_id=request.client_id, text=follow, made_on=clock.today(), due_on=due,
            state=TaskState.OPEN.value,
        )  # fmt: skip
        work.add(task)
        kept.made(task)
        work.flush()
        request.task_id = task.id
        return Done(RecordId(task.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """The answer has reached the client: nothing is left to do. Its open follow-up is done with it."""

    label: ClassVar[str] = N_("Close question")
    request: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        request = _in(work, self.request, RequestState.ANSWERED, N_("Only an answered question is closed."))
        kept = Kept()
        kept.before(request, "state", "closed_on")
        request.state, request.closed_on = RequestState.CLOSED.value, clock.today()
        task = None if request.task_id is None else work.find(Task, request.task_id)
        if task is not None and task.state == TaskState.OPEN:
            kept.before(task, "state", "closed_on")
            task.state, task.closed_on = TaskState.DONE.value, clock.today()
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class DropQuestion:
    """The question need not be answered any more."""

    label: ClassVar[str] = N_("Withdraw question")
    request: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        request = _in(work, self.request, RequestState.OPEN, N_("This question does not wait for an answer."))
        before = fields_of(request, "state", "closed_on")
        request.state, request.closed_on = RequestState.WITHDRAWN.value, clock.today()
        return Done(None, inverse=PutBack(SpecialistRequest, self.request, before))


def _write(specialist: Specialist, given: Details) -> None:
    _check_field(given.field)
    specialist.name = needed(given.name, "name", N_("Enter a name."))
    specialist.field = given.field
    specialist.unit, specialist.phone = line(given.unit, "unit") or None, line(given.phone, "phone") or None
    specialist.note = check_text(given.note, "note") or None


def _check_field(field: str) -> None:
    if field not in tables.fields():
        raise Refused(N_("Choose one of the fields."), field="field", code="no_field")


def _text(text: str, field: str, message: str) -> str:
    kept = check_text(text, field)
    if not kept:
        raise Refused(message, field=field, code="no_text")
    return kept


def _in(work: UnitOfWork, key: RecordId, state: RequestState, otherwise: str) -> SpecialistRequest:
    request = work.get(SpecialistRequest, key)
    if request.state != state:
        raise Refused(otherwise, do=N_("Reload the page."), code="state", guide="specialists")
    return request
