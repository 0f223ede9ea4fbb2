"""Names and colours of what the screens of events show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import Decision, GatheringState, Proposal
from rmdesk.services.clubs.queries import ProposalRow
from rmdesk.services.clubs.words import PROPOSALS
from rmdesk.services.gatherings.queries import GatheringRow, GuestRow
from rmdesk.services.gatherings.rules import Stand
from rmdesk.ui.kit import format

if TYPE_CHECKING:
    from rmdesk.services.gatherings.inviting import Listed

STATES: dict[GatheringState, tuple[str, str]] = {
    GatheringState.PLANNED: (N_("Planned"), "overdue"),
    GatheringState.HELD: (N_("Took place"), "good"),
    GatheringState.CANCELLED: (N_("Cancelled"), "plain"),
}
STANDS: dict[Stand, tuple[str, str]] = {
    Stand.LISTED: (N_("On the list"), "plain"),
    Stand.INVITED: (N_("Invited"), "overdue"),
    Stand.YES: (N_("Will come"), "value"),
    Stand.MAYBE: (N_("Perhaps"), "occasion"),
    Stand.NO: (N_("Will not come"), "plain"),
    Stand.CAME: (N_("Came"), "good"),
    Stand.ABSENT: (N_("Absent"), "risk"),
}


def state(row: GatheringRow) -> tuple[str, str]:
    """Where an event stands, and the kind of its chip; a planned one whose day has passed waits for a word."""
    from rmdesk.base import clock

    if row.state is GatheringState.PLANNED and row.on < clock.today():
        return _("How was it?"), "occasion"
    text, kind = STATES[row.state]
    return _(text), kind


def guests(row: GatheringRow) -> str:
    """How many came, or have said that they will, of those on the list."""
    if row.state is GatheringState.HELD:
        return _("{came} of {listed} came").format(came=row.came, listed=row.listed)
    return _("{yes} of {listed} coming").format(yes=row.yes, listed=row.listed)


def when(row: GatheringRow) -> str:
    """Day, time and place."""
    return " · ".join(part for part in (format.long_day(row.on), row.at, row.place) if part)


def cost(row: GatheringRow) -> str:
    """What it cost, and for each guest; empty while nobody knows."""
    if row.cost_minor is None:
        return ""
    whole = format.short_amount(row.cost_minor, row.currency, sign=True)
    if row.per_head is None:
        return whole
    return _("{cost} ({head} each)").format(cost=whole, head=format.short_amount(row.per_head, row.currency, sign=True))


def after(row: GuestRow) -> str:
    """What came of the event with one guest."""
    parts = []
    if row.contacts:
        parts.append(plural("{count} contact", "{count} contacts", row.contacts))
    if row.holdings:
        amount = format.short_amount(row.amount_minor, row.currency)
        parts.append(_("bought {amount}").format(amount=amount))
    return " · ".join(parts)


def listed(told: Listed, done: str) -> str:
    """What became of a list, in one line: who was left out, and why, comes after `done`."""
    parts = [done]
    if told.known:
        parts.append(_("{count} before").format(count=told.known))
    if told.stopped:
        parts.append(_("{count} may not be contacted").format(count=told.stopped))
    if told.full:
        parts.append(_("{count} had marketing contacts enough").format(count=told.full))
    return " · ".join(parts)


PROPOSAL_KINDS: dict[Proposal, str] = {
    Proposal.JOIN: "good",
    Proposal.STAY: "value",
    Proposal.WATCH: "occasion",
    Proposal.LEAVE: "risk",
    Proposal.UNKNOWN: "plain",
}
FOLLOWS = {
    Proposal.JOIN: Decision.JOIN,
    Proposal.STAY: Decision.STAY,
    Proposal.WATCH: Decision.WATCH,
    Proposal.LEAVE: Decision.LEAVE,
}


def proposal(known: Proposal | None) -> tuple[str, str]:
    """What is proposed, and the kind of its chip."""
    return ("", "") if known is None else (_(PROPOSALS[known]), PROPOSAL_KINDS[known])


def follows(known: Proposal | None, decision: Decision) -> bool:
    """Whether a decision is what is proposed."""
    return known is not None and FOLLOWS.get(known) is decision


def needed(row: ProposalRow) -> str:
    """The mean that the days left need; a word where none does."""
    if row.gaps:
        return _("data missing")
    if row.needed_minor is None:
        return ""
    return _("made") if row.needed_minor <= 0 else format.short_amount(row.needed_minor, row.currency)
