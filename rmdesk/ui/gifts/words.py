"""Names and colours of what the screens of gifts show."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ApprovalState, GiftState
from rmdesk.services.gifts import tables
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.services.gifts.rules import Verdict
from rmdesk.services.gifts.shown import Shown
from rmdesk.services.gifts.words import LIKINGS, STATES

STATE_KINDS: dict[GiftState, str] = {
    GiftState.IDEA: "plain",
    GiftState.PLANNED: "overdue",
    GiftState.AWAITING: "occasion",
    GiftState.APPROVED: "value",
    GiftState.BOUGHT: "value",
    GiftState.GIVEN: "good",
    GiftState.NOTED: "good",
    GiftState.DROPPED: "plain",
    GiftState.RETURNED: "plain",
}
GATES = {"law": N_("Law"), "limit": N_("Limit"), "taste": N_("Taste")}
VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.OK: (N_("Passes"), "good"),
    Verdict.WARN: (N_("Mind"), "occasion"),
    Verdict.APPROVAL: (N_("Needs approval"), "overdue"),
    Verdict.BLOCKED: (N_("Blocked"), "risk"),
}
ANSWERS: dict[ApprovalState, str] = {
    ApprovalState.ASKED: N_("asked by {who}"),
    ApprovalState.APPROVED: N_("approved by {who}"),
    ApprovalState.REFUSED: N_("refused by {who}"),
    ApprovalState.REVOKED: N_("taken back by {who}"),
}


def state(row: GiftRow) -> str:
    """The state of a gift, in words, and that there was a breach."""
    said = _(STATES[row.state])
    return said if row.breach is None else _("{state} · breach").format(state=said)


def cost(row: GiftRow) -> str:
    """What a gift cost, or a dash."""
    return "–" if row.cost_minor is None else str(Shown(row.cost_minor, row.currency or row.home))


def category(code: str | None) -> str:
    """The name of a kind of gift; empty for none."""
    known = tables.categories().get(code or "")
    return known.said if known is not None else ""


def whom(row: GiftRow) -> str:
    """Who receives it, and for which client where that is another."""
    if row.recipient_name == row.client_name:
        return row.client_name
    return _("{recipient}, for {client}").format(recipient=row.recipient_name, client=row.client_name)


def reaction(row: GiftRow) -> str:
    """How it was received: the words, or how much it was liked."""
    liked = _(LIKINGS[row.liking]) if row.liking in LIKINGS else ""
    return " · ".join(part for part in (liked, row.reaction or "") if part)


def note(row: GiftRow) -> str:
    """What stands out: a breach first, then the lead's answer, then why it was dropped."""
    parts = [row.breach.said if row.breach is not None else ""]
    if row.approval is not None:
        who = row.approval.asked_by if row.approval.state is ApprovalState.ASKED else row.approval.decided_by or ""
        parts.append(_(ANSWERS[row.approval.state]).format(who=who))
        parts.append(row.approval.comment or "")
    parts.append(row.dropped_why or "")
    return " · ".join(part for part in parts if part)


def day(row: GiftRow) -> date | None:
    """The day that a gift is about: given, or planned for; None where none is set."""
    return row.returned_on or row.given_on or row.planned_for or row.bought_on
