"""Reads complaints and feedback of a client, and what is open in the whole portfolio."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base import clock
from rmdesk.models.kinds import Channel, ClientId, ComplaintState, FeedbackKind, RecordId, Verdict
from rmdesk.services.complaints import rules
from rmdesk.services.steps import StepRow
from rmdesk.services.store.reads import Reads, Row


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint with its clock: `used` of `allowed` days are gone, `due_on` is the last one."""

    id: RecordId
    client: ClientId
    name: str  # of the client
    text: str
    severity: int
    channel: Channel | None
    hard: bool
    owner: str
    received_on: date
    due_on: date
    allowed: int
    used: int
    late: bool
    open: bool
    extended_on: date | None
    extended_by: str
    closed_on: date | None
    solution: str
    verdict: Verdict | None
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """What a client said about the bank, and our reply; `thanked`: a gift was given for it."""

    id: RecordId
    kind: FeedbackKind
    channel: Channel | None
    text: str
    received_on: date
    reply: str
    replied_on: date | None
    valued: bool
    thanked: bool


_COMPLAINTS = """
SELECT k.id, k.client_id, c.name, k.text, k.severity, k.channel, k.hard, k.owner, k.received_on, k.allowed_days,
       k.state, k.extended_on, k.extended_by, k.closed_on, k.solution, k.verdict
FROM complaint k JOIN client c ON c.id = k.client_id
"""


def complaints_of(reads: Reads, client: ClientId, day: date | None = None) -> tuple[ComplaintRow, ...]:
    """The complaints of a client with their steps, open ones first, then the newest."""
    rows = reads.rows(f"{_COMPLAINTS} WHERE k.client_id = ? ORDER BY k.state = 'closed', k.received_on DESC", (client,))
    steps: dict[str, list[StepRow]] = {}
    for row in reads.rows(
        'SELECT s.complaint_id, s.id, s."on", s.who, s.text FROM complaint_step s JOIN complaint k '
        'ON k.id = s.complaint_id WHERE k.client_id = ? ORDER BY s."on", s.id',
        (client,),
    ):
        steps.setdefault(row[0], []).append(StepRow(RecordId(row[1]), date.fromisoformat(row[2]), row[3], row[4]))
    today = day or clock.today()
    return tuple(_complaint(row, tuple(steps.get(row[0], ())), today) for row in rows)


def open_complaints(reads: Reads, day: date | None = None) -> tuple[ComplaintRow, ...]:
    """All open complaints of the portfolio without their steps, the nearest to its last day first."""
    today = day or clock.today()
    found = [_complaint(row, (), today) for row in reads.rows(f"{_COMPLAINTS} WHERE k.state = 'open'")]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.client, one.id)))


def feedback_of(reads: Reads, client: ClientId) -> tuple[FeedbackRow, ...]:
    """The feedback of a client, newest first."""
    rows = reads.rows(
        "SELECT f.id, f.kind, f.channel, f.text, f.received_on, f.reply, f.replied_on, f.valued, "
        "EXISTS (SELECT 1 FROM gift g WHERE g.feedback_id = f.id AND g.given_on IS NOT NULL) "
        "FROM feedback f WHERE f.client_id = ? ORDER BY f.received_on DESC, f.id DESC",
        (client,),
    )
    return tuple(
        FeedbackRow(
            id=RecordId(row[0]),
            kind=FeedbackKind(row[1]),
            channel=_channel(row[2]),
            text=row[3],
            received_on=date.fromisoformat(row[4]),
            reply=row[5] or "",
            replied_on=_date(row[6]),
            valued=bool(row[7]),
            thanked=bool(row[8]),
        )
        for row in rows
    )


def _complaint(row: Row, steps: tuple[StepRow, ...], today: date) -> ComplaintRow:
    received, closed = date.fromisoformat(row[8]), _date(row[13])
    due = rules.due_on(received, row[9])
    end = closed or today
    return ComplaintRow(
        id=RecordId(row[0]),
        client=ClientId(row[1]),
        name=row[2],
        text=row[3],
        severity=row[4],
        channel=_channel(row[5]),
        hard=bool(row[6]),
        owner=row[7] or "",
        received_on=received,
        due_on=due,
        allowed=row[9],
        used=rules.days_used(received, end),
        late=end > due,
        open=row[10] == ComplaintState.OPEN,
        extended_on=_date(row[11]),
        extended_by=row[12] or "",
        closed_on=closed,
        solution=row[14] or "",
        verdict=Verdict(row[15]) if row[15] else None,
        steps=steps,
    )


def _date(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _channel(written: str | None) -> Channel | None:
    return Channel(written) if written in set(Channel) else None
