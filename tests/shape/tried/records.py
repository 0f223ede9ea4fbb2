"""Commands on journals, complaints, feedback and satisfaction."""

from __future__ import annotations

from rmdesk.base import clock
from rmdesk.models.kinds import CardOutcome, Channel, FeedbackKind, RecordId, Verdict
from rmdesk.services.complaints.commands import (
    AddStep,
    CloseComplaint,
    Details,
    EditComplaint,
    ExtendComplaint,
    RegisterComplaint,
    ReopenComplaint,
)
from rmdesk.services.complaints.feedback import NoteFeedback, RemoveFeedback, ReplyToFeedback, ValueFeedback
from rmdesk.services.journals.cards import EditCard, MakeCard, NoteOutcome, RetireCard
from rmdesk.services.journals.commands import CloseWeek, EditJournal, Entry, RemoveJournal, WriteJournal
from rmdesk.services.satisfaction.commands import NoteSatisfaction, RemoveSatisfaction
from tests.shape.tried.trial import Case, Trial


def _details(text: str = "排队太久") -> Details:
    return Details(text, 600, clock.today(), Channel.PHONE)


def _open(trial: Trial) -> RecordId:
    return trial.do(RegisterComplaint(trial.client(20), _details()))


def _closed(trial: Trial) -> RecordId:
    key = _open(trial)
    trial.do(CloseComplaint(key, "当面致歉", Verdict.ACCEPTED))
    return key


def _feedback(trial: Trial) -> RecordId:
    return trial.do(NoteFeedback(trial.client(21), FeedbackKind.SUGGESTION, "多设座椅", clock.today()))


def _entry(trial: Trial, content: str = "登门谈养老", cards: tuple[RecordId, ...] = ()) -> Entry:
    return Entry(clock.today(), content, "visit", clients=(trial.client(22), trial.client(23)), cards=cards)


def _journal(trial: Trial, cards: tuple[RecordId, ...] = ()) -> RecordId:
    return trial.do(WriteJournal(_entry(trial, cards=cards)))


def _card(trial: Trial) -> RecordId:
    return trial.do(MakeCard(_journal(trial), "先谈家人", "再谈产品"))


def _outcome(trial: Trial) -> NoteOutcome:
    card = _card(trial)
    return NoteOutcome(_journal(trial, (card,)), card, CardOutcome.WORKED)


CASES: dict[str, Case] = {
    "RegisterComplaint": lambda trial: RegisterComplaint(trial.client(20), _details()),
    "EditComplaint": lambda trial: EditComplaint(_open(trial), _details("排队两小时")),
    "AddStep": lambda trial: AddStep(_open(trial), "回电致歉"),
    "ExtendComplaint": lambda trial: ExtendComplaint(_open(trial), "王主管"),
    "CloseComplaint": lambda trial: CloseComplaint(_open(trial), "当面致歉", Verdict.SATISFIED),
    "ReopenComplaint": lambda trial: ReopenComplaint(_closed(trial)),
    "NoteFeedback": lambda trial: NoteFeedback(trial.client(21), FeedbackKind.PRAISE, "服务好", clock.today()),
    "ReplyToFeedback": lambda trial: ReplyToFeedback(_feedback(trial), "已采纳"),
    "ValueFeedback": lambda trial: ValueFeedback(_feedback(trial)),
    "RemoveFeedback": lambda trial: RemoveFeedback(_feedback(trial)),
    "WriteJournal": lambda trial: WriteJournal(_entry(trial)),
    "EditJournal": lambda trial: EditJournal(_journal(trial), _entry(trial, "改写")),
    "RemoveJournal": lambda trial: RemoveJournal(_journal(trial)),
    "CloseWeek": lambda trial: CloseWeek(_journal(trial), "先谈家人", "准备不足"),
    "MakeCard": lambda trial: MakeCard(_journal(trial), "先谈家人", "再谈产品"),
    "EditCard": lambda trial: EditCard(_card(trial), "先问近况", "再谈产品"),
    "RetireCard": lambda trial: RetireCard(_card(trial)),
    "NoteOutcome": _outcome,
    "NoteSatisfaction": lambda trial: NoteSatisfaction(trial.client(24), clock.today(), csat=4, nps=9),
    "RemoveSatisfaction": lambda trial: RemoveSatisfaction(
        trial.do(NoteSatisfaction(trial.client(24), clock.today(), csat=4))
    ),
}
