"""Reads what a client answered, and where that puts them beside loyalty and churn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import Channel, ClientId, RecordId
from rmdesk.services.satisfaction import rules
from rmdesk.services.store.reads import Reads


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer on satisfaction."""

    id: RecordId
    on: date
    csat: int | None
    nps: int | None
    channel: Channel | None
    note: str


@dataclass(frozen=True, slots=True)
class Satisfied:
    """Where a client stands between satisfaction and loyalty; `trap` names its facts, and is empty without one."""

    answers: tuple[AnswerRow, ...]
    csat: int | None  # the latest that is fresh enough
    loyalty: float | None
    stance: rules.Stance | None
    trap: tuple[Phrase, ...]


def answers_of(reads: Reads, client: ClientId) -> tuple[AnswerRow, ...]:
    """What a client answered when asked how satisfied they are, newest first."""
    rows = reads.rows(
        'SELECT id, "on", csat, nps, channel, note FROM satisfaction WHERE client_id = ? ORDER BY "on" DESC, id DESC',
        (client,),
    )
    return tuple(
        AnswerRow(RecordId(row[0]), date.fromisoformat(row[1]), row[2], row[3], _channel(row[4]), row[5] or "")
        for row in rows
    )


def satisfied(reads: Reads, client: ClientId, day: date | None = None) -> Satisfied:
    """Satisfaction beside loyalty and the risk of churn, from the same figures as the care list."""
    from rmdesk.services.care import portfolio

    today = day or clock.today()
    answers = answers_of(reads, client)
    csat = next((one.csat for one in answers if one.csat is not None and rules.is_fresh(one.on, today)), None)
    whole = portfolio.load(reads, today, [client])
    at = whole.place(client)
    loyalty = None if at is None else _number(float(whole.loyalty[at]))
    churn = None if at is None else _number(float(whole.inputs["R"][at]))
    return Satisfied(answers, csat, loyalty, rules.stance(csat, loyalty), rules.trap(csat, loyalty, churn))


def _channel(written: str | None) -> Channel | None:
    return Channel(written) if written in set(Channel) else None


def _number(value: float) -> float | None:
    return None if value != value else value  # NaN is unknown
