"""Commands on events and their guests."""

from __future__ import annotations

from datetime import timedelta

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId, RecordId, Reply
from rmdesk.services.gatherings.commands import (
    CancelGathering,
    EditGathering,
    HoldGathering,
    PlanGathering,
    RemoveGathering,
    ReviveGathering,
)
from rmdesk.services.gatherings.entry import Plan
from rmdesk.services.gatherings.inviting import AddGuests, DropGuests, FollowUp, Invite, NoteAttendance, NoteReply
from tests.shape.tried.trial import Case, Trial


def _plan(days: int = 5) -> Plan:
    return Plan(
        "salon", "茶会", clock.today() + timedelta(days), at="14:30", seats=20, cost_minor=80_000, currency="CNY"
    )


def _made(trial: Trial, days: int = 5) -> RecordId:
    return trial.do(PlanGathering(_plan(days), (trial.client(60), trial.client(61))))


def _guests(trial: Trial, days: int = 5) -> tuple[RecordId, ...]:
    made = _made(trial, days)
    rows = trial.store.read(lambda reads: reads.rows("SELECT id FROM invitation WHERE gathering_id = ?", (made,)))
    return tuple(RecordId(row[0]) for row in rows)


def _cancelled(trial: Trial) -> RecordId:
    made = _made(trial)
    trial.do(CancelGathering(made, "台风"))
    return made


CASES: dict[str, Case] = {
    "PlanGathering": lambda trial: PlanGathering(_plan(), (ClientId(trial.client(62)),)),
    "EditGathering": lambda trial: EditGathering(_made(trial), _plan(9)),
    "CancelGathering": lambda trial: CancelGathering(_made(trial), "台风"),
    "ReviveGathering": lambda trial: ReviveGathering(_cancelled(trial)),
    "HoldGathering": lambda trial: HoldGathering(_made(trial, -1), 90_000, "CNY", 12, "下次早些"),
    "RemoveGathering": lambda trial: RemoveGathering(_made(trial)),
    "AddGuests": lambda trial: AddGuests(_made(trial), (trial.client(63), trial.client(64))),
    "DropGuests": lambda trial: DropGuests(_guests(trial)),
    "Invite": lambda trial: Invite(_guests(trial)),
    "NoteReply": lambda trial: NoteReply(_guests(trial)[0], Reply.YES, 1, "带先生"),
    "NoteAttendance": lambda trial: NoteAttendance(_guests(trial, -1), came=True),
    "FollowUp": lambda trial: FollowUp(_guests(trial, -1)[0], "回访"),
}
