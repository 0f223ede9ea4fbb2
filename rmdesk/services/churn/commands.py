"""What is written about lost clients: cases that open by themselves, win-back steps, the cause, the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.churn import ChurnCase, ChurnStep
from rmdesk.models.clients import Client
from rmdesk.models.kinds import CaseState, ClientId, Loss, RecordId, WinBack, new_id
from rmdesk.services.churn import case_rules
from rmdesk.services.churn.lost import LostRow, due
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork

_CAUSE = ("cause", "signal", "signal_on", "note")


@dataclass(frozen=True, slots=True)
class OpenDueCases:
    """Open a case for each client who is lost and has none; done again, it finds nothing to do."""

    label: ClassVar[str] = N_("Open churn cases")
    clients: tuple[ClientId, ...] | None = None  # None: all

    def apply(self, work: UnitOfWork) -> Done[tuple[RecordId, ...]]:
        cases = [_opened(work, one) for one in due(work, clients=self.clients)]
        if not cases:
            return Done(())
        return Done(tuple(cases), inverse=TakeAway(tuple((ChurnCase, case) for case in cases)))


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case by hand, for a client the figures do not show as lost."""

    label: ClassVar[str] = N_("Open churn case")
    client: ClientId
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        work.get(Client, self.client)
        if work.value(
            "SELECT 1 FROM churn_case WHERE client_id = ? AND state = ?", (self.client, CaseState.OPEN.value)
        ):
            raise Refused(
                N_("This client has an open churn case."),
                do=N_("Work on that one."),
                field="client",
                code="case_open",
                guide="churn",
            )
        on = _not_ahead(self.on or clock.today(), "on")
        if work.value("SELECT 1 FROM churn_case WHERE client_id = ? AND lost_on = ?", (self.client, on.isoformat())):
            raise Refused(
                N_("There is a case of this day."),
                do=N_("Reopen it, or choose another day."),
                field="on",
                code="case_day",
                guide="churn",
            )
        figures = work.one("SELECT aum_minor, currency FROM client_figures WHERE client_id = ?", (self.client,))
        left, currency = figures or (None, None)
        case = _opened(work, LostRow(self.client, Loss.FALL, on, None, left, currency))
        return Done(case, inverse=TakeAway(((ChurnCase, case),)))


@dataclass(frozen=True, slots=True)
class NoteCause:
    """Say why the client left, and which signal was missed first."""

    label: ClassVar[str] = N_("Note the cause")
    case: RecordId
    cause: str
    signal: str | None = None
    signal_on: date | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[None]:
        case = _open(work, self.case)
        before = fields_of(case, *_CAUSE)
        _check_cause(self.cause)
        if self.signal is not None and self.signal not in case_rules.SEEN:
            raise Refused(N_("Choose one of the signals."), field="signal", code="bad_signal", guide="churn")
        if self.signal is not None and self.signal_on is not None and self.signal_on > case.lost_on:
            raise Refused(
                N_("A missed signal was visible before the client was lost."), field="signal_on", code="bad_day"
            )
        case.cause, case.signal, case.note = self.cause, self.signal, check_text(self.note, "note")
        case.signal_on = self.signal_on if self.signal is not None else None
        return Done(None, inverse=PutBack(ChurnCase, self.case, before))


@dataclass(frozen=True, slots=True)
class NoteWinBack:
    """Note what was done to win the client back."""

    label: ClassVar[str] = N_("Note a win-back step")
    case: RecordId
    text: str
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        case = _open(work, self.case)
        text = check_text(self.text, "text")
        if not text:
            raise Refused(N_("Say what was done."), field="text", code="empty")
        on = _not_ahead(self.on or clock.today(), "on")
        step = ChurnStep(id=new_id(), case_id=case.id, on=on, who=work.who, text=text)
        work.add(step)
        return Done(RecordId(step.id), inverse=TakeAway(((ChurnStep, step.id),)))


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Close a case with its outcome; its cause has to be known by then."""

    label: ClassVar[str] = N_("Close churn case")
    case: RecordId
    outcome: WinBack
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        case = _open(work, self.case)
        if not case.cause and self.outcome is not WinBack.MISTAKEN:
            raise Refused(
                N_("A case is closed when its cause is known."),
                do=N_("Choose the cause first."),
                field="cause",
                code="no_cause",
            )
        on = _not_ahead(self.on or clock.today(), "on")
        if on < case.lost_on:
            raise Refused(N_("A case is closed after the client was lost."), field="on", code="bad_day")
        before = fields_of(case, "state", "outcome", "closed_on")
        case.state, case.outcome, case.closed_on = CaseState.CLOSED.value, self.outcome.value, on
        return Done(None, inverse=PutBack(ChurnCase, self.case, before))


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """Open a closed case again."""

    label: ClassVar[str] = N_("Reopen churn case")
    case: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        case = work.get(ChurnCase, self.case)
        if case.state == CaseState.OPEN:
            raise Refused(N_("This case is open."), do=N_("Reload the page."), code="open")
        before = fields_of(case, "state", "outcome", "closed_on")
        case.state, case.outcome, case.closed_on = CaseState.OPEN.value, None, None
        return Done(None, inverse=PutBack(ChurnCase, self.case, before))


def _opened(work: UnitOfWork, one: LostRow) -> RecordId:
    case = ChurnCase(
        id=new_id(),
        client_id=one.client,
        reason=one.reason.value,
        lost_on=one.on,
        opened_on=clock.today(),
        peak_minor=one.peak_minor,
        left_minor=one.left_minor,
        currency=one.currency,
        state=CaseState.OPEN.value,
    )
    work.add(case)
    return RecordId(case.id)


def _open(work: UnitOfWork, key: RecordId) -> ChurnCase:
    case = work.get(ChurnCase, key)
    if case.state != CaseState.OPEN:
        raise Refused(N_("This case is closed."), do=N_("Reopen it first."), code="closed")
    return case


def _check_cause(cause: str) -> None:
    if cause not in case_rules.table().causes:
        raise Refused(N_("Choose one of the causes."), field="cause", code="bad_cause")


def _not_ahead(on: date, field: str) -> date:
    if on > clock.today():
        raise Refused(N_("This day has not come yet."), field=field, code="future")
    return on
