"""What is done with events: plan, edit, cancel, hold, take away. Each names its inverse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.gatherings import Gathering, Invitation
from rmdesk.models.kinds import ClientId, GatheringState, RecordId, new_id
from rmdesk.services.gatherings import rules, tables
from rmdesk.services.gatherings.entry import Plan, checked, cost_of, heads_of
from rmdesk.services.gatherings.inviting import put_on_list
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits.entry import needed


@dataclass(frozen=True, slots=True)
class PlanGathering:
    """Put an event into the plan, with clients on its list where some are named. Gives its id."""

    label: ClassVar[str] = N_("Plan event")
    plan: Plan
    clients: tuple[ClientId, ...] = ()

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        plan = checked(self.plan)
        kept = Kept()
        made = Gathering(id=new_id(), state=GatheringState.PLANNED.value, entered_at=clock.now())
        _write(made, replace(plan, minutes=plan.minutes or tables.kinds()[plan.kind].minutes))
        work.add(made)
        work.flush()
        kept.made(made)
        put_on_list(work, kept, made, self.clients)
        return Done(RecordId(made.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class EditGathering:
    """Correct an event; the invitations follow its title and day. A held one stays on a day that has come."""

    label: ClassVar[str] = N_("Edit event")
    gathering: RecordId
    plan: Plan

    def apply(self, work: UnitOfWork) -> Done[None]:
        plan = checked(self.plan)
        made = work.get(Gathering, self.gathering)
        if made.state == GatheringState.HELD and plan.on is not None and plan.on > clock.today():
            raise Refused(N_("This event has been held."), do=N_("Choose the day on which it was."), field="on",
                          code="future")  # fmt: skip
        kept = Kept()
        kept.before(made)
        _write(made, plan)
        for (key,) in work.rows("SELECT id FROM invitation WHERE gathering_id = ?", (self.gathering,)):
            invitation = work.get(Invitation, key)
            kept.before(invitation, "title", "on")
            invitation.title, invitation.on = made.title, made.on
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class CancelGathering:
    """The event will not be; with the reason."""

    label: ClassVar[str] = N_("Cancel event")
    gathering: RecordId
    reason: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        reason = needed(self.reason, "reason", N_("Say why."))
        made, kept = _moved(work, self.gathering, GatheringState.CANCELLED, "reason")
        made.reason = reason
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class ReviveGathering:
    """A cancelled event is planned after all."""

    label: ClassVar[str] = N_("Plan event again")
    gathering: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        made, kept = _moved(work, self.gathering, GatheringState.PLANNED, "reason")
        made.reason = None
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class HoldGathering:
    """The event was held: what it cost, how many came in all, and what we learned. Held already, these are corrected.

    `guests` counts everybody, those of colleagues too: the cost is shared among all of them.
    """

    label: ClassVar[str] = N_("Event held")
    gathering: RecordId
    cost_minor: int | None = None
    currency: str | None = None
    guests: int | None = None
    lesson: str = ""

    def apply(self, work: UnitOfWork) -> Done[None]:
        lesson = check_text(self.lesson, "lesson") or None
        heads_of(self.guests, "guests")
        cost_of(self.cost_minor)
        made = work.get(Gathering, self.gathering)
        if made.on > clock.today():
            raise Refused(
                N_("This event has not been yet."), do=N_("Correct its day, if it was held."), field="on", code="future"
            )
        fields = ("cost_minor", "currency", "guests", "lesson")
        if made.state == GatheringState.HELD:
            kept = Kept()
            kept.before(made, *fields)
        else:
            made, kept = _moved(work, self.gathering, GatheringState.HELD, *fields)
        made.cost_minor, made.currency = self.cost_minor, self.currency
        made.guests, made.lesson = self.guests, lesson
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class RemoveGathering:
    """Take away an event entered by mistake, with its list. One that somebody came to is cancelled or kept instead."""

    label: ClassVar[str] = N_("Remove event")
    gathering: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        kept = Kept()
        for key, came in work.rows("SELECT id, came FROM invitation WHERE gathering_id = ?", (self.gathering,)):
            if came:
                raise Refused(
                    N_("Clients came to this event."),
                    do=N_("It stays on record; edit it instead."),
                    code="came",
                    guide="gatherings",
                )
            invitation = work.get(Invitation, key)
            kept.before(invitation)
            work.delete(invitation)
        work.flush()
        made = work.get(Gathering, self.gathering)
        kept.before(made)
        work.delete(made)
        return Done(None, inverse=kept.inverse)


def _moved(work: UnitOfWork, key: RecordId, state: GatheringState, *fields: str) -> tuple[Gathering, Kept]:
    made = work.get(Gathering, key)
    if not rules.may(GatheringState(made.state), state):
        raise Refused(
            N_("This event has moved on meanwhile."), do=N_("Reload the page."), code="moved", guide="gatherings"
        )
    kept = Kept()
    kept.before(made, "state", *fields)
    made.state = state.value
    return made, kept


def _write(made: Gathering, plan: Plan) -> None:
    assert plan.on is not None
    made.kind, made.title, made.on, made.at = plan.kind, plan.title, plan.on, plan.at
    made.minutes, made.place, made.club, made.seats = plan.minutes, plan.place or None, plan.club, plan.seats
    made.cost_minor, made.currency, made.note = plan.cost_minor, plan.currency, plan.note or None
