"""What is done with promises: add, keep, withdraw, hand over, edit. Each names its inverse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, PromiseState, RecordId, new_id
from rmdesk.models.visits import Promise
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits import rules
from rmdesk.services.visits.entry import line, needed
from rmdesk.services.visits.gates import check_may_contact

WHAT = N_("Say what was promised.")


@dataclass(frozen=True, slots=True)
class AddPromise:
    """Note something promised to a client by a day."""

    label: ClassVar[str] = N_("Add promise")
    client: ClientId
    text: str
    due: date
    visit: RecordId | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        today = clock.today()
        work.get(Client, self.client)
        text = needed(self.text, "text", WHAT)
        rules.check_ahead(self.due, today, "due")
        check_may_contact(work, self.client, doing=self.label)
        promise = Promise(
            id=new_id(), client_id=self.client, visit_id=self.visit, text=text, made_on=today, due_on=self.due,
            state=PromiseState.OPEN.value,
        )  # fmt: skip
        work.add(promise)
        kept = Kept()
        kept.made(promise)
        return Done(RecordId(promise.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class KeepPromise:
    """The promise was kept."""

    label: ClassVar[str] = N_("Keep promise")
    promise: RecordId
    outcome: str = ""

    def apply(self, work: UnitOfWork) -> Done[None]:
        return _close(work, self.promise, PromiseState.KEPT, line(self.outcome, "outcome"))


@dataclass(frozen=True, slots=True)
class WithdrawPromise:
    """The promise no longer holds; the reason stays on record."""

    label: ClassVar[str] = N_("Withdraw promise")
    promise: RecordId
    reason: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        return _close(work, self.promise, PromiseState.WITHDRAWN, needed(self.reason, "reason", N_("Say why.")))


@dataclass(frozen=True, slots=True)
class HandOverPromise:
    """Somebody else of the bank keeps the promise from now on."""

    label: ClassVar[str] = N_("Hand over promise")
    promise: RecordId
    to: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        to = needed(self.to, "to", N_("Say who takes it over."))
        return _close(work, self.promise, PromiseState.HANDED_OVER, to)


@dataclass(frozen=True, slots=True)
class EditPromise:
    """Correct the words or the day of an open promise; the change records keep the day first given."""

    label: ClassVar[str] = N_("Edit promise")
    promise: RecordId
    text: str
    due: date

    def apply(self, work: UnitOfWork) -> Done[None]:
        promise = _open(work, self.promise)
        kept = Kept()
        kept.before(promise)
        text = needed(self.text, "text", WHAT)
        if self.due != promise.due_on:
            rules.check_ahead(self.due, min(clock.today(), promise.made_on), "due")
        promise.text, promise.due_on = text, self.due
        return Done(None, inverse=kept.inverse)


def _open(work: UnitOfWork, key: RecordId) -> Promise:
    promise = work.get(Promise, key)
    if promise.state != PromiseState.OPEN:
        raise Refused(N_("This promise is closed already."), do=N_("Undo the closing first."), code="closed")
    return promise


def _close(work: UnitOfWork, key: RecordId, state: PromiseState, outcome: str) -> Done[None]:
    promise = _open(work, key)
    kept = Kept()
    kept.before(promise)
    promise.state, promise.closed_on, promise.outcome = state.value, clock.today(), outcome or None
    return Done(None, inverse=kept.inverse)
