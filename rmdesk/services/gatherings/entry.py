"""What is entered about an event, and what of it is refused before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.gatherings import tables
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.visits.rules import minutes_of, time_of


@dataclass(frozen=True, slots=True)
class Plan:
    """An event as it is planned. `cost_minor` is what it is to cost, or did, in `currency`; None: not known."""

    kind: str
    title: str
    on: date | None
    at: str | None = None
    minutes: int | None = None
    place: str = ""
    club: str | None = None
    seats: int | None = None
    cost_minor: int | None = None
    currency: str | None = None
    note: str = ""


def checked(plan: Plan) -> Plan:
    """The plan as it is kept; Refused names the field."""
    if plan.kind not in tables.kinds():
        raise Refused(N_("Choose what kind of event it is."), field="kind", code="no_kind")
    title = check_text(plan.title, "title", limit_of("line"))
    if not title:
        raise Refused(N_("The event needs a name."), do=N_("Enter one."), field="title", code="no_title")
    if plan.on is None:
        raise Refused(N_("Say on which day."), field="on", code="no_day")
    heads_of(plan.seats, "seats")
    cost_of(plan.cost_minor)
    return replace(
        plan,
        title=title,
        at=time_of(plan.at),
        minutes=minutes_of(plan.minutes),
        place=check_text(plan.place, "place", limit_of("line")) or "",
        note=check_text(plan.note, "note") or "",
    )


def heads_of(count: int | None, field: str) -> int | None:
    """A number of people that can be; refused otherwise."""
    most = tables.figure("entry", "most_heads")
    if count is not None and not 0 <= count <= most:
        raise Refused(N_("Allowed is {least} to {most}."), field=field, code="bad_count", least=0, most=most)
    return count


def cost_of(minor: int | None) -> int | None:
    """A cost that can be; refused otherwise."""
    if minor is not None and not 0 <= minor <= tables.figure("entry", "most_cost") * 100:
        raise Refused(N_("An event of this cost can't be right."), field="cost", code="bad_cost")
    return minor
