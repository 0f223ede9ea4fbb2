"""Commands of team leads, and on what they have approved."""

from __future__ import annotations

from datetime import date

from rmdesk.models.kinds import RecordId, Word
from rmdesk.services.reports.commands import KeepReport, RemoveReport
from rmdesk.services.reports.parts import Report
from rmdesk.services.reports.weekly import weekly
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.team.commands import AddAddendum, ReviewRecord
from tests.shape.tried.trial import Case, Trial


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


CASES: dict[str, Case] = {
    "KeepReport": lambda trial: KeepReport(_report(trial)),
    "RemoveReport": lambda trial: RemoveReport(trial.do(KeepReport(_report(trial)))),
    "ReviewRecord": lambda trial: ReviewRecord("visit", _visit(trial), Word.APPROVED, "信号抓得准", "signals"),
    "AddAddendum": lambda trial: AddAddendum("visit", _visit(trial), "客户次日来电确认"),
}
