"""Events for programs."""

from __future__ import annotations

from typing import Any

from rmdesk.services.gatherings.queries import GatheringRow


def event(row: GatheringRow) -> dict[str, Any]:
    """One event with its counts; amounts in minor units."""
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "on": row.on.isoformat(),
        "at": row.at,
        "place": row.place,
        "state": row.state.value,
        "listed": row.listed,
        "invited": row.invited,
        "yes": row.yes,
        "no": row.no,
        "maybe": row.maybe,
        "came": row.came,
        "absent": row.absent,
        "cost_minor": row.cost_minor,
        "per_head_minor": row.per_head,
        "currency": row.currency,
    }
