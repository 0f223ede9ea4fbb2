"""Commands of team leads, and on what they have approved."""

from __future__ import annotations

from datetime import date

from rmdesk.models.kinds import RecordId, Word
from rmdesk.services.reports.commands import KeepReport, RemoveReport
from rmdesk.services.reports.parts import Report
from rmdesk.services.reports.weekly import weekly
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.team.agreeing import AnswerCadence, EndCadence, ProposeCadence
from rmdesk.services.team.commands import AddAddendum, ReviewRecord
from tests.shape.tried.trial import Case, Trial
from tests.support.build import perform


def _visit(trial: Trial) -> RecordId:
    trial.do(ChangeSetting("general.role", "lead"))
    return RecordId(
        trial.one(
            "SELECT id FROM visit WHERE state = 'held' AND id NOT IN (SELECT entity_id FROM review) "
            'ORDER BY "on" DESC, id LIMIT 1'
        )
    )


def _report(trial: Trial) -> Report:
    """The report of a week in which nothing happened."""
    return trial.store.read(weekly, date(2020, 1, 6), date(2020, 1, 12))


def _proposed(trial: Trial) -> RecordId:
    """A cadence that waits for an answer, as a lead's desk would have sent it."""
    made = trial.do(ProposeCadence("T4", 30, "先试一季度"))
    perform(trial.store, lambda work: work.bulk(
        "UPDATE agreed_cadence SET state = 'proposed', agreed_by = NULL, agreed_on = NULL WHERE id = ?", (made,),
        topics=(),
    ))  # fmt: skip
    return made


CASES: dict[str, Case] = {
    "ProposeCadence": lambda trial: ProposeCadence("T5", 20, "客户多", group="G2"),
    "AnswerCadence": lambda trial: AnswerCadence(_proposed(trial), yes=True),
    "EndCadence": lambda trial: EndCadence(trial.do(ProposeCadence("T3", 60, "客户多"))),
    "KeepReport": lambda trial: KeepReport(_report(trial)),
    "RemoveReport": lambda trial: RemoveReport(trial.do(KeepReport(_report(trial)))),
    "ReviewRecord": lambda trial: ReviewRecord("visit", _visit(trial), Word.APPROVED, "信号抓得准", "signals"),
    "AddAddendum": lambda trial: AddAddendum("visit", _visit(trial), "客户次日来电确认"),
}
