"""Campaigns for programs: plain values under agreed keys."""

from __future__ import annotations

from typing import Any

from rmdesk.services.campaigns import conditions
from rmdesk.services.campaigns.gates import Pipeline
from rmdesk.services.campaigns.rows import Came, CampaignRow, TargetRow


def campaign(row: CampaignRow) -> dict[str, Any]:
    """One campaign."""
    return {
        "campaign": row.id,
        "name": row.name,
        "purpose": row.purpose.value,
        "product": row.product,
        "state": row.state.value,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": None if row.ends_on is None else row.ends_on.isoformat(),
        "filter": conditions.plain(row.conditions),
        "with_open": row.with_open,
        "targets": row.targets,
        "touched": row.touched,
        "bought": row.bought,
    }


def funnel(came: Came) -> dict[str, Any]:
    """What came of a campaign; amounts in minor units, null where nothing tells them."""
    told = came.funnel
    return {
        "targets": len(came.targets),
        "touches": came.touches,
        "traffic": told.traffic,
        "reached": len(came.reached),
        "interested": len(came.interested),
        "declined": len(came.declined),
        "bought": told.bought,
        "conversion": told.conversion,
        "ticket_minor": None if told.ticket_minor is None else round(told.ticket_minor),
        "margin": told.margin,
        "profit_minor": None if told.profit_minor is None else round(told.profit_minor),
        "sold_minor": told.sold_minor,
        "currency": came.currency,
    }


def gates(found: Pipeline) -> list[dict[str, Any]]:
    """The gates with who passed and who fell out, and why."""
    return [
        {
            "gate": step.name,
            "name": step.title.said,
            "passed": step.count,
            "fell": [
                {"code": fall.code, "why": fall.why.said, "count": len(fall.clients), "open": fall.open}
                for fall in step.fell
            ],
        }
        for step in found.steps
    ]


def target(row: TargetRow) -> dict[str, Any]:
    """A client on the list."""
    return {
        "place": row.place,
        "client": row.number or f"#{row.client}",
        "name": row.name,
        "tier": None if row.tier is None else row.tier.value,
        "group": row.group,
        "points": round(row.points, 4),
        "lines": [{"name": name, "points": points} for name, points in row.lines],
        "not_now": None if row.why is None else row.why.said,
        "code": row.code,
        "tries": row.tries,
        "last": None if row.last is None else row.last.value,
        "last_on": None if row.last_on is None else row.last_on.isoformat(),
    }
