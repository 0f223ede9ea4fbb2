"""Commands on clients who were lost."""

from __future__ import annotations

from rmdesk.models.kinds import ClientStatus, RecordId, WinBack
from rmdesk.services.churn.commands import CloseCase, NoteCause, NoteWinBack, OpenCase, OpenDueCases, ReopenCase
from rmdesk.services.clients.commands import SetStatus
from tests.shape.tried.trial import Case, Trial


def _case(trial: Trial) -> RecordId:
    known = trial.store.read(lambda reads: reads.value("SELECT id FROM churn_case WHERE state = 'open' LIMIT 1"))
    return RecordId(known) if known else trial.do(OpenCase(trial.client(40)))


def _closed(trial: Trial) -> RecordId:
    case = _case(trial)
    trial.do(CloseCase(case, WinBack.MISTAKEN))
    return case


def _lost(trial: Trial) -> OpenDueCases:
    trial.do(SetStatus((trial.client(42),), ClientStatus.CLOSED))
    return OpenDueCases()


CASES: dict[str, Case] = {
    "OpenDueCases": _lost,
    "OpenCase": lambda trial: OpenCase(trial.client(41)),
    "NoteCause": lambda trial: NoteCause(_case(trial), "contact", "silence", note="半年未联系"),
    "NoteWinBack": lambda trial: NoteWinBack(_case(trial), "登门了解原因"),
    "CloseCase": lambda trial: CloseCase(_case(trial), WinBack.MISTAKEN),
    "ReopenCase": lambda trial: ReopenCase(_closed(trial)),
}
