"""Churn cases for programs."""

from __future__ import annotations

from typing import Any

from rmdesk.services.churn.cases import CaseFile, CaseRow
from rmdesk.services.churn.lessons import LeadTime


def case(one: CaseRow) -> dict[str, Any]:
    """One line of the list."""
    return {
        "id": one.id,
        "client": one.number or f"#{one.client}",
        "name": one.name,
        "reason": one.reason.value,
        "lost_on": one.lost_on.isoformat(),
        "opened_on": one.opened_on.isoformat(),
        "peak_minor": one.peak_minor,
        "left_minor": one.left_minor,
        "currency": one.currency,
        "open": one.open,
        "cause": one.cause,
        "signal": one.signal,
        "signal_on": one.signal_on and one.signal_on.isoformat(),
        "days_before": one.days_before,
        "note": one.note,
        "outcome": one.outcome and one.outcome.value,
        "closed_on": one.closed_on and one.closed_on.isoformat(),
        "steps": one.steps,
    }


def whole(found: CaseFile) -> dict[str, Any]:
    """One case with its year."""
    lost = found.case.lost_on
    return {
        **case(found.case),
        "steps": [
            {"id": step.id, "on": step.on.isoformat(), "who": step.who, "text": step.text} for step in found.steps
        ],
        "months": [{"on": month.on.isoformat(), "minor": month.minor} for month in found.months],
        "timeline": [
            {"on": event.on.isoformat(), "kind": event.kind.value, "title": event.title.said, "text": event.text}
            for event in found.events
        ],
        "signals": [
            {
                "signal": one.signal,
                "on": one.on.isoformat(),
                "days_before": (lost - one.on).days,
                "answered_on": one.answered_on and one.answered_on.isoformat(),
                "first_missed": one == found.missed,
            }
            for one in found.seen
        ],
    }


def lead_time(one: LeadTime) -> dict[str, Any]:
    """What the cases teach of one signal."""
    return {name: getattr(one, name) for name in ("signal", "cases", "missed", "first", "least", "middle", "most")}
