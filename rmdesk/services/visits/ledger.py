"""Reads the ledger of promises, and the tasks."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.clients.standing import contactable
from rmdesk.services.store.reads import Reads, Row
from rmdesk.services.visits.rows import PromiseRow, TaskRow

MOST = 5000
_PROMISES = """
SELECT p.rowid, p.id, p.client_id, c.name, p.text, p.made_on, p.due_on, p.state, p.closed_on, p.outcome, p.visit_id
FROM promise p JOIN client c ON c.id = p.client_id
"""
_TASKS = """
SELECT t.rowid, t.id, t.client_id, c.name, t.text, t.made_on, t.due_on, t.state, t.closed_on, t.visit_id
FROM task t LEFT JOIN client c ON c.id = t.client_id
"""


def promises(
    reads: Reads, client: ClientId | None = None, *, closed: bool = False, day: date | None = None
) -> tuple[PromiseRow, ...]:
    """Open promises by their day, the longest overdue first; with `closed` then the settled ones."""
    today, one = day or clock.today(), "" if client is None else "AND p.client_id = :client"
    which = "TRUE" if closed else "p.state = 'open'"
    sql = (
        f"{_PROMISES} WHERE {which} {one} ORDER BY p.state <> 'open', "
        "CASE WHEN p.state = 'open' THEN p.due_on END, p.closed_on DESC, p.due_on DESC, p.id LIMIT :most"
    )
    return tuple(_promise(row, today) for row in reads.rows(sql, {"client": client or 0, "most": MOST}))


def tasks(
    reads: Reads, client: ClientId | None = None, *, closed: bool = False, day: date | None = None
) -> tuple[TaskRow, ...]:
    """Open tasks by their day, those without a day last; with `closed` then the others, newest first.

    Tasks with clients who may not be contacted are left out, but for those that are closed.
    """
    today, one = day or clock.today(), "" if client is None else "AND t.client_id = :client"
    which = f"(t.state <> 'open' OR c.id IS NULL OR {contactable('c')})" if closed else (
        f"t.state = 'open' AND (c.id IS NULL OR {contactable('c')})"
    )  # fmt: skip
    sql = (
        f"{_TASKS} WHERE {which} {one} ORDER BY t.state <> 'open', "
        "CASE WHEN t.state = 'open' THEN t.due_on IS NULL END, "
        "CASE WHEN t.state = 'open' THEN t.due_on END, t.closed_on DESC, t.id LIMIT :most"
    )
    return tuple(_task(row, today) for row in reads.rows(sql, {"client": client or 0, "most": MOST}))


def _promise(row: Row, today: date) -> PromiseRow:
    due = date.fromisoformat(row[6])
    return PromiseRow(
        number=row[0], id=RecordId(row[1]), client=ClientId(row[2]), name=row[3], text=row[4],
        made_on=date.fromisoformat(row[5]), due_on=due, days=(due - today).days, state=row[7],
        closed_on=_day(row[8]), outcome=row[9] or "", visit=row[10],
    )  # fmt: skip


def _task(row: Row, today: date) -> TaskRow:
    due = _day(row[6])
    return TaskRow(
        number=row[0], id=RecordId(row[1]), client=None if row[2] is None else ClientId(row[2]), name=row[3] or "",
        text=row[4], made_on=date.fromisoformat(row[5]), due_on=due, days=None if due is None else (due - today).days,
        state=row[7], closed_on=_day(row[8]), visit=row[9],
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
