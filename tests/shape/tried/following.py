"""Commands on what waits for the manager's word while a hub is followed."""

from __future__ import annotations

from typing import Any

from rmdesk.models.kinds import RecordId
from rmdesk.services.sync.late import AcceptLate, KeepLate
from rmdesk.services.sync.settling import RetryRefused, Settle
from tests.shape.tried.trial import Case, Trial
from tests.support import team
from tests.support.build import perform

VISIT = "SELECT id FROM visit WHERE state = 'held' ORDER BY id LIMIT 1 OFFSET ?"


def _differing(trial: Trial) -> Settle:
    visit = trial.one(VISIT, 0)

    def plant(work: Any) -> str:
        team.told(work, "visit", visit)
        return team.differ(work, "visit", visit, "content", "另一版")

    return Settle("visit", visit, "content", perform(trial.store, plant))


def _refused(trial: Trial) -> RetryRefused:
    visit = trial.one(VISIT, 1)

    def plant(work: Any) -> None:
        team.told(work, "visit", visit)
        team.refuse(work, "visit", visit, "too_long", "content")

    perform(trial.store, plant)
    return RetryRefused("visit", visit)


def _late(trial: Trial, at: int) -> RecordId:
    visit = trial.one(VISIT, at)
    client = trial.one("SELECT client_id FROM visit WHERE id = ?", visit)
    return RecordId(perform(trial.store, lambda work: team.late(work, client, "visit", visit, content="补到")))


CASES: dict[str, Case] = {
    "Settle": _differing,
    "RetryRefused": _refused,
    "AcceptLate": lambda trial: AcceptLate(_late(trial, 2)),
    "KeepLate": lambda trial: KeepLate(_late(trial, 3)),
}
