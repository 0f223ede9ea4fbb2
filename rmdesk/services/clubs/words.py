"""Clubs in words, and for programs."""

from __future__ import annotations

from typing import Any

from rmdesk.base.text import N_
from rmdesk.models.kinds import Decision, Proposal, TermState
from rmdesk.services.clubs.queries import ProposalRow, Proposals
from rmdesk.services.clubs.terms import TermRow

PROPOSALS: dict[Proposal, str] = {
    Proposal.JOIN: N_("Join"),
    Proposal.STAY: N_("Stay"),
    Proposal.WATCH: N_("Watch"),
    Proposal.LEAVE: N_("Leave the club"),
    Proposal.UNKNOWN: N_("Not decidable"),
}
DECISIONS: dict[Decision, str] = {
    Decision.JOIN: N_("Joins"),
    Decision.STAY: N_("Stays a member"),
    Decision.WATCH: N_("Stays, on watch"),
    Decision.LEAVE: N_("Leaves"),
    Decision.DECLINE: N_("Does not join"),
}
STATES: dict[TermState, str] = {
    TermState.ASKED: N_("With the lead"),
    TermState.APPROVED: N_("Approved"),
    TermState.REFUSED: N_("Refused"),
}


def plain_term(term: TermRow | None) -> dict[str, Any] | None:
    """A decision for programs."""
    if term is None:
        return None
    return {
        "id": term.id,
        "half": term.half,
        "decision": term.decision.value,
        "reason": term.reason,
        "circles": list(term.circles),
        "decided_on": term.decided_on.isoformat(),
        "decided_by": term.decided_by,
        "state": term.state.value,
        "starts_on": term.starts_on,
        "ends_on": term.ends_on,
        "comment": term.comment,
    }


def plain_row(row: ProposalRow) -> dict[str, Any]:
    """What is proposed for a client, for programs; amounts in minor units."""
    return {
        "client": row.number or f"#{row.client}",
        "name": row.name,
        "member": row.member,
        "proposal": None if row.proposal is None else row.proposal.value,
        "why": [reason.said for reason in row.why],
        "mean_minor": row.mean_minor,
        "needed_minor": row.needed_minor,
        "last_month_minor": row.level_minor,
        "days": row.days,
        "known_days": row.known_days,
        "days_left": row.days_left,
        "missing_months": [f"{month // 12}-{month % 12 + 1:02}" for month in row.gaps],
        "decided": plain_term(row.decided),
    }


def plain(found: Proposals) -> dict[str, Any]:
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
        "proposals": [plain_row(row) for row in found.rows],
    }
