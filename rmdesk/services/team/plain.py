"""The queue, the figures and the chain of a team as plain data, for scripts."""

from __future__ import annotations

from typing import Any

from rmdesk.services.team.chain import Checked
from rmdesk.services.team.coverage import Figures, TeamFigures
from rmdesk.services.team.rows import QueueRow
from rmdesk.services.visits.rows import Window


def queue(rows: tuple[QueueRow, ...]) -> dict[str, Any]:
    """What waits for the lead."""
    return {"items": [item(row) for row in rows]}


def item(row: QueueRow) -> dict[str, Any]:
    """One record of the queue."""
    return {
        "entity": row.entity, "id": row.id, "client": row.client, "name": row.client_name, "manager": row.member,
        "date": row.on.isoformat(), "why": row.why.value, "tier": row.tier, "text": row.text,
        "before": row.before or None,
    }  # fmt: skip


def checked(found: Checked) -> dict[str, Any]:
    """What a look at all reviews found."""
    broken = None if found.broken is None else {"review": found.broken.id, "fault": found.broken.fault.value}
    return {
        "reviews": found.reviews,
        "chains": found.chains,
        "broken": broken,
        "changed": [{"entity": entity, "id": key} for entity, key in found.changed],
    }


def figures(found: TeamFigures) -> dict[str, Any]:
    """The figures of a team."""
    return {"date": found.day.isoformat(), "members": [_member(one) for one in found.members]}


def _member(one: Figures) -> dict[str, Any]:
    promises, words = one.promises, one.words
    return {
        "manager": one.member.name, "clients": one.member.clients, "overdue": one.overdue,
        "coverage": [_window(window) for window in one.windows],
        "promises": {"open": promises.open, "overdue": promises.overdue, "kept": promises.kept, "late": promises.late},
        "reviews": {"reviewed": words.reviewed, "approved": words.approved, "returned": words.returned},
    }  # fmt: skip


def _window(window: Window) -> dict[str, int]:
    return {"days": window.days, "due": window.due, "met": window.met, "contacted": window.contacted}
