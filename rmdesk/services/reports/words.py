"""Names that reports give to what happened."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import PromiseState, Verdict, VisitState
from rmdesk.services.calendar.rows import EntryKind

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
VERDICTS: dict[str, str] = {
    Verdict.SATISFIED: N_("Satisfied"),
    Verdict.ACCEPTED: N_("Accepted"),
    Verdict.UNFAVOURABLE: N_("Not content"),
}
AHEAD: dict[EntryKind, str] = {
    EntryKind.VISIT: N_("Planned visit"),
    EntryKind.EVENT: N_("Event"),
    EntryKind.PROMISE: N_("Promise"),
    EntryKind.TASK: N_("Task"),
    EntryKind.BIRTHDAY: N_("Birthday"),
    EntryKind.FAMILY: N_("Family"),
    EntryKind.ANNIVERSARY: N_("Milestone"),
    EntryKind.FESTIVAL: N_("Festival"),
    EntryKind.PREPARE: N_("Prepare gift"),
    EntryKind.MATURITY: N_("Maturity"),
}
