"""Churn cases of the invented clients: one closed, one in work, the others just opened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rmdesk.models.kinds import CaseState, Topic, WinBack
from rmdesk.services.churn import case_rules, seen
from rmdesk.services.churn.lost import LostRow, due
from rmdesk.services.demo.cast import shipped
from rmdesk.services.demo.dice import Dice

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

_CASE = (
    "INSERT INTO churn_case (id, client_id, reason, lost_on, opened_on, peak_minor, left_minor, currency, state, cause,"
    " signal, signal_on, note, outcome, closed_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_STEP = 'INSERT INTO churn_step (id, case_id, "on", who, text) VALUES (?, ?, ?, ?, ?)'


def write(work: UnitOfWork, day: date, seed: int) -> None:
    """Open the cases that are due, and tell more of the oldest two; needs the clients' figures."""
    dice, texts = Dice(seed, "losses"), shipped("texts")
    for at, one in enumerate(sorted(due(work, day), key=lambda one: (one.on, one.client))):
        told = texts["churn"]["cases"][at] if at < len(texts["churn"]["cases"]) else None
        _case(work, one, day, dice, texts["manager"], told)


def _case(work: UnitOfWork, one: LostRow, day: date, dice: Dice, who: str, told: dict[str, Any] | None) -> None:
    case = dice.id()
    opened = min(day, one.on + timedelta(1))
    missed = case_rules.first_missed(list(seen.seen(work, one.client, one.on))) if told else None
    closed = day if told and told["closed"] else None
    row = (
        case, one.client, one.reason.value, one.on.isoformat(), opened.isoformat(), one.peak_minor, one.left_minor,
        one.currency, (CaseState.CLOSED if closed else CaseState.OPEN).value, told and told["cause"],
        missed and missed.signal, missed and missed.on.isoformat(), told and told["note"],
        WinBack.PARTLY.value if closed else None, closed and closed.isoformat(),
    )  # fmt: skip
    work.bulk(_CASE, row, topics={Topic.CHURN})
    steps = [
        (dice.id(), case, min(day, opened + timedelta(3 * at)).isoformat(), who, text)
        for at, text in enumerate(told["steps"] if told else ())
    ]
    if steps:
        work.bulk(_STEP, steps, topics={Topic.CHURN})
