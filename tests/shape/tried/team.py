"""Commands of team leads, and on what they have approved."""

from __future__ import annotations

from rmdesk.models.kinds import RecordId, Word
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


CASES: dict[str, Case] = {
    "ReviewRecord": lambda trial: ReviewRecord("visit", _visit(trial), Word.APPROVED, "信号抓得准", "signals"),
    "AddAddendum": lambda trial: AddAddendum("visit", _visit(trial), "客户次日来电确认"),
}
