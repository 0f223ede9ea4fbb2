"""Putting the missing question where it is seen at the next visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, phrase
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.models.visits import Visit
from rmdesk.services.profile.secrets import limit_of
from rmdesk.services.segments.commands import LETTERS
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, fields_of
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.strategy import man
from rmdesk.services.visits.gates import check_may_contact
from rmdesk.services.visits.tasks import AddTask


@dataclass(frozen=True, slots=True)
class AskAtNextVisit:
    """Put the question for a letter (M, A, N) into the plan of the next visit, which the brief shows; without a plan,
    or with no room in it, among the client's tasks. Gives back the visit, None when it became a task."""

    label: ClassVar[str] = N_("Ask at the next visit")
    client: ClientId
    letter: str

    def apply(self, work: UnitOfWork) -> Done[RecordId | None]:
        if self.letter not in LETTERS:
            raise Refused(
                N_("MAN has the questions M, A and N."), do=N_("Choose one of them."), code="no_letter", guide="man"
            )
        work.get(Client, self.client)
        check_may_contact(work, self.client, doing=self.label)
        question = man.question_of(self.letter).said
        if man.is_asked(work, self.client, question, clock.today()):
            raise Refused(N_("This question is to be asked already."), code="asked")
        planned = man.next_visit(work, self.client, clock.today())
        if planned is not None:
            visit = work.get(Visit, planned[0])
            purpose = " · ".join(part for part in (visit.purpose, question) if part)
            if len(purpose) <= limit_of("line"):
                before = fields_of(visit, "purpose")
                visit.purpose = purpose
                return Done(RecordId(visit.id), inverse=PutBack(Visit, visit.id, before))
        task = AddTask(phrase("Ask: {question}", question=question).said, None, self.client).apply(work)
        return Done(None, inverse=task.inverse)
