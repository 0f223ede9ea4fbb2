"""The meter and the capacity in words, and for programs."""

from __future__ import annotations

from typing import Any

from rmdesk.base.text import Phrase, phrase
from rmdesk.services.fairness.capacity import Capacity
from rmdesk.services.fairness.queries import Meter
from rmdesk.services.fairness.rules import Change, Part
from rmdesk.services.segments import tables


def suggestion(change: Change) -> Phrase:
    """What gives way and how much it saves: “Preferred 45 → 60 days (−0.9)”."""
    tier = str(tables.table().tier_shorts[int(change.cell.tier[1:]) - 1])
    saves = f"\N{MINUS SIGN}{change.saves:.1f}"
    if change.to_days is None:
        return phrase("{tier}: by event invitation ({saves})", tier=tier, saves=saves)
    return phrase(
        "{tier} {before} → {after} days ({saves})",
        tier=tier, before=change.cell.days, after=change.to_days, saves=saves,
    )  # fmt: skip


def incomparable(meter: Meter) -> Phrase | None:
    """Why there is no ratio; None where there is one."""
    if meter.ratio is not None:
        return None
    if not meter.clients.new:
        return phrase("No new clients in this period: nothing to compare")
    if not meter.clients.existing:
        return phrase("No existing clients in this period: nothing to compare")
    if not (meter.weighed.new and meter.weighed.existing and meter.aum.existing_share):
        return phrase("New or existing clients hold no known AUM: nothing to compare")
    return phrase("Nothing spent in this period: nothing to compare")


def backlog(found: Capacity) -> Phrase:
    """Who is overdue, and how long it takes to catch up at the measured pace."""
    days = found.catch_up_days
    if not found.overdue:
        return phrase("Nobody is overdue.")
    if days is not None:
        return phrase(
            "{count} overdue; at this pace about {days} working days to catch up", count=found.overdue, days=days
        )
    if found.measured is None:
        return phrase("{count} overdue; how long it takes to catch up is not known yet", count=found.overdue)
    return phrase("{count} overdue; can't be caught up at this pace", count=found.overdue)


def plain_meter(meter: Meter) -> dict[str, Any]:
    """The meter for programs; amounts in minor units, time in minutes, shares and ratios as they are."""
    why = incomparable(meter)
    parts = {name: _plain(getattr(meter, name)) for name in ("clients", "aum", "money", "gifts", "events", "benefits")}
    return {
        "from": meter.start.isoformat(),
        "to": meter.end.isoformat(),
        "currency": meter.currency,
        "ratio": _rounded(meter.ratio),
        "money_ratio": _rounded(meter.money_ratio),
        "hours_ratio": _rounded(meter.hours_ratio),
        "least": meter.least,
        "fair": meter.fair,
        "incomparable": None if why is None else why.said,
        **parts,
        "minutes": _plain(meter.minutes),
        "gifts_to": {"clients": meter.direct, "influencers": meter.influencers, "others": meter.around},
        "costless": meter.costless,
        "unassigned_minor": meter.unassigned,
        "contacts": meter.contacts,
        "noted": meter.noted,
    }


def plain_capacity(found: Capacity) -> dict[str, Any]:
    """The capacity for programs."""
    return {
        "day": found.day.isoformat(),
        "days": found.days,
        "workdays": found.workdays,
        "contacts": found.contacts,
        "clients": found.asked,
        "needed": round(found.needed, 2),
        "measured": _rounded(found.measured),
        "kept": found.kept,
        "feasible": found.feasible,
        "overdue": found.overdue,
        "catch_up_days": found.catch_up_days,
        "backlog": backlog(found).said,
        "suggestions": [
            {
                "tier": one.cell.tier,
                "groups": list(one.cell.groups),
                "clients": one.cell.clients,
                "from_days": one.cell.days,
                "to_days": one.to_days,
                "saves": round(one.saves, 2),
                "needed": round(one.needed, 2),
                "text": suggestion(one).said,
            }
            for one in found.suggestions
        ],
    }


def _plain(part: Part) -> dict[str, Any]:
    return {
        "new": part.new,
        "existing": part.existing,
        "unknown": part.unknown,
        "existing_share": _rounded(part.existing_share),
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
