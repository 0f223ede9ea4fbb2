"""Guests of an event: put on the list, invited, their answers, who came, what follows. Each names its inverse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_
from rmdesk.models.gatherings import Gathering, Invitation
from rmdesk.models.kinds import Channel, ClientId, GatheringState, RecordId, Reply, TaskState, VisitState, new_id
from rmdesk.models.visits import Task, Visit
from rmdesk.services.clients.standing import may_contact
from rmdesk.services.gatherings import tables
from rmdesk.services.gatherings.entry import heads_of
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits.entry import needed
from rmdesk.services.visits.gates import check_may_contact
from rmdesk.services.visits.rules import channel_of, check_ahead
from rmdesk.services.visits.touches import is_full


@record
class Listed:
    """What became of a list: how many are on it now, were on it already, may not be contacted, had touches enough."""

    done: int
    known: int = 0
    stopped: int = 0
    full: int = 0


@dataclass(frozen=True, slots=True)
class AddGuests:
    """Put clients on the list of an event. Left out are those who may not be contacted, for marketing also those
    without consent; they are counted."""

    label: ClassVar[str] = N_("Add guests")
    gathering: RecordId
    clients: tuple[ClientId, ...]

    def apply(self, work: UnitOfWork) -> Done[Listed]:
        event, kept = _planned(work, self.gathering), Kept()
        told = put_on_list(work, kept, event, self.clients)
        return Done(told, inverse=kept.inverse if told.done else None)


@dataclass(frozen=True, slots=True)
class DropGuests:
    """Take clients off the list; whoever came stays on it."""

    label: ClassVar[str] = N_("Take off the list")
    invitations: tuple[RecordId, ...]

    def apply(self, work: UnitOfWork) -> Done[int]:
        kept = Kept()
        for one in _each(work, self.invitations):
            if one.came:
                raise Refused(
                    N_("Who came stays on the list."),
                    do=N_("Correct the attendance first."),
                    code="came",
                    guide="gatherings",
                )
            kept.before(one)
            work.delete(one)
        return Done(len(self.invitations), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class Invite:
    """The invitation went out. For a marketing event it is a marketing touch, noted as a message without an answer:
    who has had as many as the rule allows, or may not be contacted, is left out and counted."""

    label: ClassVar[str] = N_("Invite")
    invitations: tuple[RecordId, ...]
    channel: str = Channel.CHAT.value
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[Listed]:
        kept, on, channel = Kept(), self.on or clock.today(), channel_of(self.channel)
        if on > clock.today():
            raise Refused(N_("This day has not come yet."), field="on", code="future", guide="gatherings")
        done = known = stopped = full = 0
        for one in _each(work, self.invitations):
            event = _planned(work, RecordId(one.gathering_id or ""))
            marketing = _marketing(event)
            if one.invited_on is not None:
                known += 1
            elif not may_contact(work, (one.client_id,), marketing=marketing):
                stopped += 1
            elif marketing and is_full(work, ClientId(one.client_id), on):
                full += 1
            else:
                kept.before(one, "invited_on", "channel")
                one.invited_on, one.channel = on, channel
                if marketing:
                    visit = _touch(one, channel, on)
                    work.add(visit)
                    kept.made(visit)
                done += 1
        return Done(Listed(done, known, stopped, full), inverse=kept.inverse if done else None)


@dataclass(frozen=True, slots=True)
class NoteReply:
    """What a client answered, and how many come along. Whoever answers was invited."""

    label: ClassVar[str] = N_("Note answer")
    invitation: RecordId
    reply: Reply | None
    companions: int | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[None]:
        one, kept = work.get(Invitation, self.invitation), Kept()
        kept.before(one)
        one.reply = None if self.reply is None else self.reply.value
        one.replied_on = None if self.reply is None else clock.today()
        one.invited_on = one.invited_on or (None if self.reply is None else clock.today())
        one.companions = heads_of(self.companions, "companions")
        one.note = check_text(self.note, "note") or None
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class NoteAttendance:
    """Who came, who did not; None: nobody knows any more. Whoever came was met: a visit of the channel event is
    logged, as long as the event, and goes again when the attendance is corrected."""

    label: ClassVar[str] = N_("Note attendance")
    invitations: tuple[RecordId, ...]
    came: bool | None

    def apply(self, work: UnitOfWork) -> Done[int]:
        kept = Kept()
        for one in _each(work, self.invitations):
            event = work.get(Gathering, one.gathering_id)
            if event.state == GatheringState.CANCELLED or (self.came is not None and event.on > clock.today()):
                raise Refused(
                    N_("This event has not been yet."), do=N_("Note it on the day."), code="future", guide="gatherings"
                )
            kept.before(one, "came", "visit_id")
            if not self.came and one.visit_id is not None:
                visit, one.visit_id = work.get(Visit, one.visit_id), None
                work.flush()
                kept.before(visit)
                work.delete(visit)
            elif self.came and one.visit_id is None:
                visit = _met(one, event)
                work.add(visit)
                work.flush()
                kept.made(visit)
                one.visit_id = visit.id
            one.came = self.came
        work.flush()
        return Done(len(self.invitations), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is to be done after the event for a client: a task, within the week unless another day is said."""

    label: ClassVar[str] = N_("Follow up")
    invitation: RecordId
    text: str
    due: date | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        text, kept = needed(self.text, "text", N_("Say what is to be done.")), Kept()
        one, today = work.get(Invitation, self.invitation), clock.today()
        due = self.due or max(today, one.on) + timedelta(tables.figure("outcome", "follow_days"))
        check_ahead(due, today, "due")
        check_may_contact(work, ClientId(one.client_id), doing=self.label)
        task = Task(
            id=new_id(), client_id=one.client_id, visit_id=one.visit_id, text=text, made_on=today, due_on=due,
            state=TaskState.OPEN.value,
        )  # fmt: skip
        work.add(task)
        work.flush()
        kept.made(task)
        kept.before(one, "task_id")
        one.task_id = task.id
        return Done(RecordId(task.id), inverse=kept.inverse)


def put_on_list(work: UnitOfWork, kept: Kept, event: Gathering, clients: tuple[ClientId, ...]) -> Listed:
    """Put clients on the list of an event, as `AddGuests` does."""
    wanted = tuple(dict.fromkeys(clients))
    able = may_contact(work, wanted, marketing=_marketing(event)) if wanted else frozenset()
    known = {row[0] for row in work.rows("SELECT client_id FROM invitation WHERE gathering_id = ?", (event.id,))}
    done = 0
    for client in wanted:
        if client in able and client not in known:
            made = Invitation(id=new_id(), client_id=client, gathering_id=event.id, title=event.title, on=event.on)
            work.add(made)
            kept.made(made)
            done += 1
    already = sum(client in known for client in wanted)
    return Listed(done, already, len(wanted) - done - already)


def _each(work: UnitOfWork, keys: tuple[RecordId, ...]) -> Iterator[Invitation]:
    if not keys:
        raise Refused(N_("Choose a guest."), field="invitations", code="nobody")
    return (work.get(Invitation, key) for key in keys)


def _planned(work: UnitOfWork, key: RecordId) -> Gathering:
    event = work.get(Gathering, key)
    if event.state == GatheringState.CANCELLED:
        raise Refused(
            N_("This event is cancelled."), do=N_("Plan it again first."), code="cancelled", guide="gatherings"
        )
    return event


def _marketing(event: Gathering) -> bool:
    known = tables.kinds().get(event.kind)
    return known is None or known.marketing


def _touch(one: Invitation, channel: str, on: date) -> Visit:
    return Visit(
        id=new_id(), client_id=one.client_id, state=VisitState.HELD.value, channel=channel, on=on, two_way=False,
        inbound=False, marketing=True, content=one.title, purpose=one.title, entered_at=clock.now(),
    )  # fmt: skip


def _met(one: Invitation, event: Gathering) -> Visit:
    return Visit(
        id=new_id(), client_id=one.client_id, state=VisitState.HELD.value, channel=Channel.EVENT.value, on=event.on,
        at=event.at, minutes=event.minutes, two_way=True, inbound=False, marketing=False, purpose=event.title,
        content=event.title, place=event.place, entered_at=clock.now(),
    )  # fmt: skip
