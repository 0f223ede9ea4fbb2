"""How the ends of complaints and the kinds of feedback are called."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.models.kinds import FeedbackKind, Verdict

VERDICTS: dict[Verdict, str] = {
    Verdict.SATISFIED: N_("Satisfied"),
    Verdict.ACCEPTED: N_("Accepted"),
    Verdict.UNFAVOURABLE: N_("Not content"),
}
FEEDBACK: dict[FeedbackKind, str] = {
    FeedbackKind.PRAISE: N_("Praise"),
    FeedbackKind.SUGGESTION: N_("Suggestion"),
    FeedbackKind.QUESTION: N_("Question"),
    FeedbackKind.CRITICISM: N_("Criticism"),
}
