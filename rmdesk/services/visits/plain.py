"""Visits and promises as plain data, for scripts."""

from __future__ import annotations

from typing import Any

from rmdesk.models.kinds import ClientId
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits import ledger, queries
from rmdesk.services.visits.queries import LogFilter
from rmdesk.services.visits.rows import PromiseRow, VisitRow


def visits(reads: Reads, wanted: LogFilter) -> dict[str, Any]:
    """Planned visits, then the log, newest first, each as far as the filter's client and days go."""
    planned = [row for row in queries.planned(reads, wanted.client) if _within(row, wanted)]
    numbers = queries.log_ids(reads, wanted)
    rows = {row.number: row for row in queries.log_rows(reads, numbers)}
    return {
        "planned": [visit(row) for row in planned],
        "items": [visit(rows[number]) for number in numbers if number in rows],
    }


def visit(row: VisitRow) -> dict[str, Any]:
    """One visit; what is not known is null or an empty text."""
    return {
        "id": row.id, "client": row.client, "name": row.name, "state": row.state, "channel": row.channel,
        "date": row.on.isoformat(), "time": row.at or None, "minutes": row.minutes, "two_way": row.two_way,
        "inbound": row.inbound, "marketing": row.marketing, "late": row.late, "purpose": row.purpose,
        "content": row.content, "found": [{"kind": one.kind, "text": one.text} for one in row.found],
        "mood": row.mood or None, "next_step": row.next_step,
        "next_on": None if row.next_on is None else row.next_on.isoformat(), "reason": row.reason,
    }  # fmt: skip


def promises(reads: Reads, client: ClientId | None = None, *, closed: bool = False) -> dict[str, Any]:
    """The ledger: open promises by their day, then those that are settled when asked for."""
    return {"items": [promise(row) for row in ledger.promises(reads, client, closed=closed)]}


def promise(row: PromiseRow) -> dict[str, Any]:
    """One promise."""
    return {
        "id": row.id, "client": row.client, "name": row.name, "text": row.text, "made": row.made_on.isoformat(),
        "due": row.due_on.isoformat(), "days": row.days, "overdue": row.overdue, "state": row.state,
        "outcome": row.outcome,
    }  # fmt: skip


def _within(row: VisitRow, wanted: LogFilter) -> bool:
    early = wanted.first is not None and row.on < wanted.first
    return not early and not (wanted.last is not None and row.on > wanted.last)
