"""Clubs for programs."""

from __future__ import annotations

from typing import Any

from rmdesk.services.clubs.queries import ProposalRow, Proposals
from rmdesk.services.clubs.terms import TermRow


def term(found: TermRow | None) -> dict[str, Any] | None:
    """A decision for programs."""
    if found is None:
        return None
    return {
        "id": found.id,
        "half": found.half,
        "decision": found.decision.value,
        "reason": found.reason,
        "circles": list(found.circles),
        "decided_on": found.decided_on.isoformat(),
        "decided_by": found.decided_by,
        "state": found.state.value,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "comment": found.comment,
    }


def row(one: ProposalRow) -> dict[str, Any]:
    """What is proposed for a client, for programs; amounts in minor units."""
    return {
        "client": one.number or f"#{one.client}",
        "name": one.name,
        "member": one.member,
        "proposal": None if one.proposal is None else one.proposal.value,
        "why": [reason.said for reason in one.why],
        "mean_minor": one.mean_minor,
        "needed_minor": one.needed_minor,
        "last_month_minor": one.level_minor,
        "days": one.days,
        "known_days": one.known_days,
        "days_left": one.days_left,
        "missing_months": [f"{month // 12}-{month % 12 + 1:02}" for month in one.gaps],
        "decided": term(one.decided),
    }


def proposals(found: Proposals) -> dict[str, Any]:
    """All that a half-year proposes, for programs."""
    return {
        "club": found.club.code,
        "half": found.half.code,
        "from": found.half.start.isoformat(),
        "to": found.half.end.isoformat(),
        "days": found.half.days,
        "over": found.over,
        "limit_minor": found.limit_minor,
        "currency": found.currency,
        "count": found.count,
        "proposals": [row(one) for one in found.rows],
    }
