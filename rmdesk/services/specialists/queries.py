"""Reads specialists and what they were asked."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, ConsentKind, RecordId, RequestState, TaskState
from rmdesk.services.store.reads import Reads, Row


@record
class SpecialistRow:
    """Somebody to ask. `open` counts the questions that wait for an answer."""

    id: RecordId
    name: str
    field: str
    unit: str
    phone: str
    note: str
    open: int


@record
class RequestRow:
    """A question. `overdue`: not answered although its day has passed; `followed`: the follow-up is done."""

    id: RecordId
    client: ClientId
    name: str
    number: str | None
    specialist: RecordId | None
    who: str
    field: str
    campaign: RecordId | None
    campaign_name: str
    question: str
    asked_on: date
    due_on: date
    state: RequestState
    overdue: bool
    reply: str
    replied_on: date | None
    task: RecordId | None
    follow: str
    follow_on: date | None
    followed: bool
    closed_on: date | None


def specialists(reads: Reads) -> tuple[SpecialistRow, ...]:
    """Those who can be asked, by field and name."""
    rows = reads.rows(
        """
        SELECT s.id, s.name, s.field, s.unit, s.phone, s.note,
               (SELECT count(*) FROM specialist_request r WHERE r.specialist_id = s.id AND r.state = 'open')
        FROM specialist s WHERE s.retired_on IS NULL ORDER BY s.field, s.name, s.id
        """
    )
    return tuple(
        SpecialistRow(RecordId(key), name, field, unit or "", phone or "", note or "", waiting)
        for key, name, field, unit, phone, note, waiting in rows
    )


_REQUESTS = """
SELECT r.id, r.client_id, c.name, c.number, r.specialist_id, coalesce(s.name, ''), r.field, r.campaign_id,
       coalesce(k.name, ''), r.question, r.asked_on, r.due_on, r.state, r.reply, r.replied_on, r.task_id, t.text,
       t.due_on, t.state, r.closed_on
FROM specialist_request r JOIN client c ON c.id = r.client_id LEFT JOIN specialist s ON s.id = r.specialist_id
LEFT JOIN campaign k ON k.id = r.campaign_id LEFT JOIN task t ON t.id = r.task_id
"""
_ORDER = """
ORDER BY CASE r.state WHEN 'open' THEN 0 WHEN 'answered' THEN 1 ELSE 2 END,
         CASE WHEN r.state IN ('open', 'answered') THEN r.due_on END, r.asked_on DESC, r.id
"""


def requests(reads: Reads, client: ClientId | None = None, day: date | None = None) -> tuple[RequestRow, ...]:
    """All questions (about a client): those that wait for an answer first, then those to follow up, then the rest."""
    where, params = ("", ()) if client is None else ("WHERE r.client_id = ?", (client,))
    today = day or clock.today()
    return tuple(_request(row, today) for page in reads.pages(f"{_REQUESTS} {where} {_ORDER}", params) for row in page)


def may_pass_on(reads: Reads, client: ClientId) -> bool | None:
    """Whether the client agreed that a specialist hears of them; None: nobody asked."""
    found = reads.value(
        'SELECT given FROM consent WHERE client_id = ? AND kind = ? ORDER BY "on" DESC, id DESC LIMIT 1',
        (client, ConsentKind.SPECIALIST.value),
    )
    return None if found is None else bool(found)


def _request(row: Row, day: date) -> RequestRow:
    state, due = RequestState(row[12]), date.fromisoformat(row[11])
    return RequestRow(
        id=RecordId(row[0]),
        client=ClientId(row[1]),
        name=row[2],
        number=row[3],
        specialist=None if row[4] is None else RecordId(row[4]),
        who=row[5],
        field=row[6],
        campaign=None if row[7] is None else RecordId(row[7]),
        campaign_name=row[8],
        question=row[9],
        asked_on=date.fromisoformat(row[10]),
        due_on=due,
        state=state,
        overdue=state is RequestState.OPEN and due < day,
        reply=row[13] or "",
        replied_on=_day(row[14]),
        task=None if row[15] is None else RecordId(row[15]),
        follow=row[16] or "",
        follow_on=_day(row[17]),
        followed=row[18] == TaskState.DONE,
        closed_on=_day(row[19]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
