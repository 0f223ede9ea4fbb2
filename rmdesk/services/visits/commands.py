"""What is done with visits: plan, hold, log, cancel, postpone, edit, remove. Each names its inverse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.files import Attachment, AttachmentContent
from rmdesk.models.journals import JournalVisit
from rmdesk.models.kinds import ClientId, RecordId, VisitState, new_id
from rmdesk.models.visits import Visit
from rmdesk.services.drafts.commands import forget
from rmdesk.services.scoring import tables
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, changing
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits import rules
from rmdesk.services.visits.entry import LINES, Entry, checked_held, checked_plan, needed
from rmdesk.services.visits.follow_up import do_task, follow_up, hand_on, loosen
from rmdesk.services.visits.gates import check_may_contact
from rmdesk.services.visits.touches import touch_days

PLAIN = ("channel", "on", "at", "minutes", "two_way", "inbound", "marketing", "mood", "next_on")


@dataclass(frozen=True, slots=True)
class LogVisit:
    """Enter a visit that was held, whatever the channel; also long ago, and also with a client who has died since.

    Its promises open, its next step becomes a task. `task` is the task that it did, `draft` the draft it ends.
    """

    label: ClassVar[str] = N_("Log visit")
    entry: Entry
    task: RecordId | None = None
    draft: tuple[str, str] | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        kept = Kept()
        visit = Visit(id=new_id(), client_id=self.entry.client)
        _hold(work, kept, visit, self.entry, new=True)
        do_task(work, kept, self.task)
        forget(work, self.draft)
        return Done(RecordId(visit.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class HoldVisit:
    """Turn a planned visit (or one that was put off) into one that was held."""

    label: ClassVar[str] = N_("Log planned visit")
    visit: RecordId
    entry: Entry
    draft: tuple[str, str] | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        visit, kept = changing(work, Visit, self.visit)
        if visit.state == VisitState.HELD:
            raise Refused(N_("This visit has been logged already."), do=N_("Edit it instead."), code="held")
        _hold(work, kept, visit, replace(self.entry, client=ClientId(visit.client_id)), new=False)
        forget(work, self.draft)
        return Done(self.visit, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class PlanVisit:
    """Put a visit into the plan; refused for whom nobody may contact, and for a marketing touch too many."""

    label: ClassVar[str] = N_("Plan visit")
    entry: Entry

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        kept = Kept()
        visit = _planned(work, kept, self.entry)
        return Done(RecordId(visit.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class CancelVisit:
    """A planned visit will not be; with the reason, as two of these count as a warning in the care score."""

    label: ClassVar[str] = N_("Cancel visit")
    visit: RecordId
    reason: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        kept = Kept()
        _put_off(work, kept, self.visit, VisitState.CANCELLED, self.reason)
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class PostponeVisit:
    """A planned visit is put off, with the reason; with a new day a new plan takes its place. Gives its id."""

    label: ClassVar[str] = N_("Postpone visit")
    visit: RecordId
    reason: str
    to: date | None = None
    at: str | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId | None]:
        kept = Kept()
        visit = _put_off(work, kept, self.visit, VisitState.POSTPONED, self.reason)
        if self.to is None:
            return Done(None, inverse=kept.inverse)
        lines: dict[str, Any] = {name: getattr(visit, name) or "" for name in LINES if name != "next_step"}
        plan = Entry(ClientId(visit.client_id), visit.channel, on=self.to, marketing=visit.marketing, **lines)
        plan = replace(plan, at=self.at or visit.at, minutes=visit.minutes)
        made = _planned(work, kept, plan)
        return Done(RecordId(made.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class EditVisit:
    """Correct a visit. Its promises are edited by themselves; new ones may be added; its open task follows the text."""

    label: ClassVar[str] = N_("Edit visit")
    visit: RecordId
    entry: Entry
    draft: tuple[str, str] | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        visit, kept = changing(work, Visit, self.visit)
        now = clock.now().astimezone()
        given = replace(self.entry, client=self.entry.client or ClientId(visit.client_id))
        if visit.state == VisitState.HELD:
            _write(visit, checked_held(given, now))
            hand_on(work, kept, visit, int(given.client or visit.client_id))
            follow_up(work, kept, visit, checked_held(given, now))
        elif visit.state == VisitState.PLANNED:
            _check_plan(work, checked_plan(given, now), but=visit.id)
            _write(visit, checked_plan(given, now))
        else:
            raise Refused(N_("A visit that was put off is not edited."), do=N_("Plan a new one."), code="put_off")
        forget(work, self.draft)
        return Done(self.visit, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class RemoveVisit:
    """Take away a visit entered by mistake, with its files, open promises and open tasks; what was settled stays."""

    label: ClassVar[str] = N_("Remove visit")
    visit: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        kept = Kept()
        visit = work.get(Visit, self.visit)
        loosen(work, kept, self.visit)
        for (key,) in work.rows("SELECT id FROM attachment WHERE entity = 'visit' AND entity_id = ?", (self.visit,)):
            for file in (AttachmentContent, Attachment):
                found = work.find(file, key)
                if found is not None:
                    kept.before(found)
                    work.delete(found)
        for (journal,) in work.rows("SELECT journal_id FROM journal_visit WHERE visit_id = ?", (self.visit,)):
            link = work.get(JournalVisit, (journal, self.visit))
            kept.before(link)
            work.delete(link)
        work.flush()
        kept.before(visit)
        work.delete(visit)
        return Done(None, inverse=kept.inverse)


def _hold(work: UnitOfWork, kept: Kept, visit: Visit, given: Entry, *, new: bool) -> None:
    now = clock.now()
    entry = checked_held(given, now.astimezone())
    work.get(Client, entry.client)
    if entry.promises or entry.next_step:
        field = "promises" if entry.promises else "next_step"
        check_may_contact(work, ClientId(visit.client_id), doing=LogVisit.label, field=field)
    visit.state, visit.entered_at = VisitState.HELD.value, now
    _write(visit, entry)
    if new:
        work.add(visit)
        kept.made(visit)
    work.flush()
    follow_up(work, kept, visit, entry)


def _planned(work: UnitOfWork, kept: Kept, given: Entry) -> Visit:
    now = clock.now()
    entry = checked_plan(given, now.astimezone())
    work.get(Client, entry.client)
    _check_plan(work, entry)
    visit = Visit(id=new_id(), client_id=entry.client, state=VisitState.PLANNED.value, entered_at=now)
    _write(visit, entry)
    work.add(visit)
    kept.made(visit)
    work.flush()
    return visit


def _check_plan(work: UnitOfWork, entry: Entry, but: str = "") -> None:
    assert entry.client is not None
    assert entry.on is not None
    check_may_contact(work, entry.client, marketing=entry.marketing, doing=PlanVisit.label)
    lanes = tables.lanes()
    days = touch_days(work, entry.client, entry.on, but=but) if entry.marketing else ()
    if rules.touches_full(days, entry.on, lanes.touches_most, lanes.touches_days):
        raise Refused(
            N_("The client has {most} marketing contacts within {days} days already."),
            do=N_("Choose a later day, or take the mark of marketing away when it is service."),
            field="marketing",
            code="touches",
            most=lanes.touches_most,
            days=lanes.touches_days,
            guide="lanes",
        )


def _put_off(work: UnitOfWork, kept: Kept, key: RecordId, state: VisitState, why: str) -> Visit:
    visit = work.get(Visit, key)
    reason = needed(why, "reason", N_("Say why."))
    if visit.state != VisitState.PLANNED:
        raise Refused(N_("Only a planned visit can be put off."), code="not_planned")
    kept.before(visit)
    visit.state, visit.reason = state.value, reason
    return visit


def _write(visit: Visit, entry: Entry) -> None:
    for name in PLAIN:
        setattr(visit, name, getattr(entry, name))
    for name in LINES:
        setattr(visit, name, getattr(entry, name) or None)
    visit.content = entry.content or None
    visit.found = [{"kind": one.kind, "text": one.text} for one in entry.found] or None
