"""What is written about complaints. Who was asked first stays responsible: nothing here changes the owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.complaints import Complaint, ComplaintStep
from rmdesk.models.kinds import Channel, ClientId, ComplaintState, RecordId, Verdict, new_id
from rmdesk.services.complaints import rules
from rmdesk.services.profile.days import check_year
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Details:
    """What is entered about a complaint; `severity` in thousandths as in rules/complaints.toml."""

    text: str
    severity: int
    received_on: date
    channel: Channel | None = None
    hard: bool = False


@dataclass(frozen=True, slots=True)
class RegisterComplaint:
    """Take a complaint down; whoever does is its first-contact owner, and the legal clock starts."""

    label: ClassVar[str] = N_("Register complaint")
    client: ClientId
    details: Details

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        work.get(Client, self.client)
        complaint = Complaint(id=new_id(), client_id=self.client, owner=work.who, state=ComplaintState.OPEN.value)
        _write(complaint, self.details)
        work.add(complaint)
        return Done(RecordId(complaint.id), inverse=TakeAway(((Complaint, complaint.id),)))


@dataclass(frozen=True, slots=True)
class EditComplaint:
    """Correct what was taken down; the owner stays who it was."""

    label: ClassVar[str] = N_("Edit complaint")
    complaint: RecordId
    details: Details

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        complaint = work.get(Complaint, self.complaint)
        before = fields_of(complaint, "text", "severity", "received_on", "channel", "hard", "allowed_days")
        _write(complaint, self.details)
        return Done(self.complaint, inverse=PutBack(Complaint, self.complaint, before))


@dataclass(frozen=True, slots=True)
class AddStep:
    """Note what was done about a complaint."""

    label: ClassVar[str] = N_("Note a step")
    complaint: RecordId
    text: str
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        complaint = _open(work, self.complaint)
        on = self.on or clock.today()
        _check_day(on, complaint.received_on, "on")
        text = _needed(self.text, "text", N_("Say what was done."))
        step = ComplaintStep(id=new_id(), complaint_id=complaint.id, on=on, who=work.who, text=text)
        work.add(step)
        return Done(RecordId(step.id), inverse=TakeAway(((ComplaintStep, step.id),)))


@dataclass(frozen=True, slots=True)
class ExtendComplaint:
    """Note that more time was approved, by whom; once for each complaint."""

    label: ClassVar[str] = N_("Extend the time")
    complaint: RecordId
    by: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        complaint = _open(work, self.complaint)
        if complaint.extended_on is not None:
            raise Refused(
                N_("The time of this complaint was extended on {day} already."),
                do=N_("Settle it within its time."),
                code="extended",
                day=complaint.extended_on.isoformat(),
                guide="complaints",
            )
        before = fields_of(complaint, "extended_on", "extended_by", "allowed_days")
        complaint.extended_by = _needed(self.by, "by", N_("Say who approved it."))
        complaint.extended_on = clock.today()
        complaint.allowed_days = rules.allowed_days(hard=complaint.hard, extended=True)
        return Done(None, inverse=PutBack(Complaint, self.complaint, before))


@dataclass(frozen=True, slots=True)
class CloseComplaint:
    """Close a complaint with its solution and how the client took it."""

    label: ClassVar[str] = N_("Close complaint")
    complaint: RecordId
    solution: str
    verdict: Verdict
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        complaint = _open(work, self.complaint)
        on = self.on or clock.today()
        _check_day(on, complaint.received_on, "on")
        before = fields_of(complaint, "state", "closed_on", "solution", "verdict")
        complaint.solution = _needed(self.solution, "solution", N_("Say how it was solved."))
        complaint.state, complaint.closed_on = ComplaintState.CLOSED.value, on
        complaint.verdict = self.verdict.value
        return Done(None, inverse=PutBack(Complaint, self.complaint, before))


@dataclass(frozen=True, slots=True)
class ReopenComplaint:
    """Open a closed complaint again: the client came back with it. The clock goes on from the first day."""

    label: ClassVar[str] = N_("Reopen complaint")
    complaint: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        complaint = work.get(Complaint, self.complaint)
        if complaint.state == ComplaintState.OPEN:
            raise Refused(N_("This complaint is open."), do=N_("Reload the page."), code="open")
        before = fields_of(complaint, "state", "closed_on", "verdict")
        complaint.state, complaint.closed_on, complaint.verdict = ComplaintState.OPEN.value, None, None
        return Done(None, inverse=PutBack(Complaint, self.complaint, before))


def _write(complaint: Complaint, details: Details) -> None:
    if details.received_on > clock.today():
        raise Refused(N_("A complaint can't be received in the future."), field="received_on", code="future")
    check_year(details.received_on, "received_on")
    if not 0 < details.severity <= max(rules.severities()):
        raise ValueError("severity")
    complaint.text = _needed(details.text, "text", N_("Say what the client complains about."))
    complaint.severity, complaint.received_on = details.severity, details.received_on
    complaint.channel = details.channel.value if details.channel else None
    complaint.hard = details.hard
    complaint.allowed_days = rules.allowed_days(hard=details.hard, extended=complaint.extended_on is not None)


def _open(work: UnitOfWork, key: RecordId) -> Complaint:
    complaint = work.get(Complaint, key)
    if complaint.state != ComplaintState.OPEN:
        raise Refused(N_("This complaint is closed."), do=N_("Reopen it first."), code="closed", guide="complaints")
    return complaint


def _needed(text: Any, field: str, why: str) -> str:
    said = check_text(text, field)
    if not said:
        raise Refused(why, field=field, code="empty")
    return said


def _check_day(on: date, since: date, field: str) -> None:
    if not since <= on <= clock.today():
        raise Refused(
            N_("The day must lie between the receipt of the complaint and today."), field=field, code="bad_day"
        )
