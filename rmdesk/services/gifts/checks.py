"""Refusals that the commands of gifts share, each beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rmdesk.base import clock, money
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services import settings
from rmdesk.services.desk_user import desk_user
from rmdesk.services.gifts import tables
from rmdesk.services.gifts.gates import Gate
from rmdesk.services.gifts.rules import Draft, Verdict
from rmdesk.services.profile.days import check_year
from rmdesk.services.settings.general import CURRENCY
from rmdesk.services.store.reads import Reads

LEAD = "lead"


def refuse_blocked(said: Sequence[Gate]) -> None:
    """Refused by the first gate that blocks, in its own words and with its rule's text."""
    for gate in said:
        if gate.verdict is Verdict.BLOCKED:
            _refuse(gate, f"blocked_{gate.name}")


def refuse_unapproved(said: Sequence[Gate]) -> None:
    """Refused when a gate asks for the lead's approval."""
    for gate in said:
        if gate.verdict is Verdict.APPROVAL:
            _refuse(gate, "needs_approval")


def _refuse(gate: Gate, code: str) -> None:
    do = gate.do
    raise Refused(
        N_("{reason} ({rule})"),
        do=N_("{advice}") if do is not None else "",
        field=gate.field,
        code=code,
        guide="gifts",
        reason=gate.said[0],
        rule=gate.rule_said,
        advice=do,
    )


def check_people(reads: Reads, draft: Draft) -> None:
    """Refused when the person or the other client who is to receive the gift is not on record."""
    person = draft.to_person
    if person is not None and reads.value("SELECT 1 FROM person WHERE id = ?", (person,)) is None:
        raise Refused(
            N_("This person is no longer on record."),
            do=N_("Choose another recipient."),
            field="recipient",
            code="gone",
        )
    if draft.feedback_id is not None:
        of = reads.value("SELECT client_id FROM feedback WHERE id = ?", (draft.feedback_id,))
        if of != draft.client:
            raise Refused(
                N_("The feedback is another client's."), do=N_("Thank the client who gave it."), field="client",
                code="bad_feedback",
            )  # fmt: skip


def currency_of(reads: Reads, draft: Draft) -> str | None:
    """The currency of a cost, the portfolio's by default; Refused for a cost below zero."""
    if draft.cost_minor is None:
        return None
    currency: str = draft.currency or settings.value(reads, CURRENCY)
    check_cost(draft.cost_minor, currency)
    return currency


def check_cost(minor: int, currency: str) -> None:
    """Refused for a cost below zero, and for one that no gift has."""
    if minor < 0:
        raise Refused(N_("A cost is not below zero."), do=N_("Enter what it costs."), field="cost", code="bad_cost")
    if minor > tables.figure("cost", "most") * 10 ** money.digits(currency):
        raise Refused(N_("A gift of this cost can't be right."), field="cost", code="bad_cost")


def check_cost_known(draft: Draft) -> None:
    """Refused for a gift whose cost is not known."""
    if draft.cost_minor is None:
        raise Refused(
            N_("The cost is not known, and unknown is not zero."),
            do=N_("Enter what it costs."),
            field="cost",
            code="no_cost",
            guide="gifts",
        )


def not_ahead(day: date, field: str) -> date:
    """The day; Refused when it has not come yet."""
    if day > clock.today():
        raise Refused(
            N_("This day has not come yet."),
            do=N_("Enter today or an earlier day."),
            field=field,
            code="ahead",
            guide="gifts",
        )
    return check_year(day, field)


def check_is_lead(reads: Reads, gift: str) -> bool:
    """Refused unless the user of this desk is a team lead: nobody decides on a request of their own.

    True when the gift is another's, at whose desk it follows the decision: with a hub.
    """
    user = desk_user(reads)
    own = user.joined and bool(
        reads.value(
            "SELECT 1 FROM gift g JOIN sync_client k ON k.client_id = g.client_id WHERE g.id = ? AND k.book = ?",
            (gift, user.book),
        )
    )
    if not user.lead or own:
        raise Refused(
            N_("A manager can't decide on a request of their own; the team lead does."),
            do=N_("Ask the lead. Whoever leads the team says so under Your role in the settings."),
            code="not_lead",
            guide="gifts",
        )
    return user.joined
