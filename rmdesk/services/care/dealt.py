"""Dealing with a client from the day's list: what is done about them and the mark on their row, in one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, Purpose
from rmdesk.services.care import portfolio
from rmdesk.services.care.commands import MarkDone
from rmdesk.services.scoring import settings
from rmdesk.services.store.command import Command, Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.several import Several
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Dealt:
    """What a step gave back, and the client's score before and after it; None where there is none.

    `marked` is False when the step turned out to be about somebody else, whose row is not this one.
    """

    result: Any
    marked: bool
    before: float | None = None
    after: float | None = None


@dataclass(frozen=True, slots=True)
class DealWith:
    """Do a step (a visit logged, a greeting, a promise kept) and mark the client's row as done; undone together."""

    label: ClassVar[str] = N_("Deal with a client of the list")
    client: ClientId
    step: Command[Any]
    purpose: Purpose = Purpose.MAINTAIN

    def apply(self, work: UnitOfWork) -> Done[Dealt]:
        if client_of(self.step) not in (self.client, None):
            other = _as_itself(work, self.step)
            told = Dealt(other.result, marked=False)
            return Done(told, other.inverse, other.forgets, other.label or self.step.label)
        before = score_of(work, self.client, self.purpose)
        done = _as_itself(work, self.step)
        mark = MarkDone(self.client, before).apply(work)
        after = score_of(work, self.client, self.purpose)
        assert mark.inverse is not None
        back = None if done.inverse is None else Several((mark.inverse, done.inverse))
        return Done(Dealt(done.result, True, before, after), back, done.forgets, done.label or self.step.label)


def client_of(step: Command[Any]) -> ClientId | None:
    """Whom a command is about, where it says so itself or in its entry; None when it names a record alone."""
    told = getattr(step, "client", None)
    return told if told is not None else getattr(getattr(step, "entry", None), "client", None)


def score_of(reads: Reads, client: ClientId, purpose: Purpose) -> float | None:
    """The score of one client as it is now; None when the client is not scored."""
    whole = portfolio.load(reads, None, [client])
    at = whole.place(client)
    if at is None or whole.excluded[at]:
        return None
    return float(whole.scores(settings.weights(reads, purpose)).score[at])


def _as_itself(work: UnitOfWork, step: Command[Any]) -> Done[Any]:
    """Apply a step so that the change records name it, not what it is a part of."""
    outer = work.command, work.label
    work.command, work.label = type(step).__name__, step.label
    try:
        done = step.apply(work)
        work.flush()
    finally:
        work.command, work.label = outer
    return done
