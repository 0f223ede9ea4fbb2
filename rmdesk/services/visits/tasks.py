"""What is done with tasks: add, done, drop, edit. Each names its inverse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, RecordId, TaskState, new_id
from rmdesk.models.visits import Task
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits import rules
from rmdesk.services.visits.entry import needed
from rmdesk.services.visits.gates import check_may_contact

WHAT = N_("Say what is to be done.")


@dataclass(frozen=True, slots=True)
class AddTask:
    """Something to do, for a client or for the manager, with or without a day."""

    label: ClassVar[str] = N_("Add task")
    text: str
    due: date | None = None
    client: ClientId | None = None
    visit: RecordId | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        text = needed(self.text, "text", WHAT)
        if self.due is not None:
            rules.check_ahead(self.due, clock.today(), "due")
        if self.client is not None:
            work.get(Client, self.client)
            check_may_contact(work, self.client, doing=self.label)
        task = Task(
            id=new_id(), client_id=self.client, visit_id=self.visit, text=text, made_on=clock.today(),
            due_on=self.due, state=TaskState.OPEN.value,
        )  # fmt: skip
        work.add(task)
        kept = Kept()
        kept.made(task)
        return Done(RecordId(task.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class DoneTask:
    """The task is done."""

    label: ClassVar[str] = N_("Task done")
    task: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return _close(work, self.task, TaskState.DONE)


@dataclass(frozen=True, slots=True)
class DropTask:
    """The task need not be done any more."""

    label: ClassVar[str] = N_("Drop task")
    task: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return _close(work, self.task, TaskState.DROPPED)


@dataclass(frozen=True, slots=True)
class EditTask:
    """Correct the words or the day of an open task."""

    label: ClassVar[str] = N_("Edit task")
    task: RecordId
    text: str
    due: date | None

    def apply(self, work: UnitOfWork) -> Done[None]:
        task = _open(work, self.task)
        text = needed(self.text, "text", WHAT)
        if self.due is not None and self.due != task.due_on:
            rules.check_ahead(self.due, clock.today(), "due")
        kept = Kept()
        kept.before(task)
        task.text, task.due_on = text, self.due
        return Done(None, inverse=kept.inverse)


def _open(work: UnitOfWork, key: RecordId) -> Task:
    task = work.get(Task, key)
    if task.state != TaskState.OPEN:
        raise Refused(N_("This task is closed already."), do=N_("Undo the closing first."), code="closed")
    return task


def _close(work: UnitOfWork, key: RecordId, state: TaskState) -> Done[None]:
    task = _open(work, key)
    kept = Kept()
    kept.before(task)
    task.state, task.closed_on = state.value, clock.today()
    return Done(None, inverse=kept.inverse)
