"""What proposals, decisions and the lead's word are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import Decision, Proposal, TermState

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
