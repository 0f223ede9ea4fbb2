"""Names that reports give to what happened."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import PromiseState, VisitState

UNKNOWN = N_("unknown")
STATES: dict[str, str] = {
    VisitState.HELD: N_("Held"),
    VisitState.CANCELLED: N_("Cancelled"),
    VisitState.POSTPONED: N_("Put off"),
}
PROMISES: dict[str, str] = {
    PromiseState.WITHDRAWN: N_("Withdrawn"),
    PromiseState.HANDED_OVER: N_("Handed over"),
}
KEPT, LATE, BROKEN = N_("Kept in time"), N_("Kept late"), N_("Not kept")
