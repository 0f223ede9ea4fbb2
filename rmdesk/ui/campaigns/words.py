"""How campaigns and their conditions are said in the window."""

from __future__ import annotations

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import CampaignState, ClientKind, Familiarity, Purpose, Tier, TouchOutcome
from rmdesk.services.campaigns.conditions import KINDS, Ask, Condition
from rmdesk.services.campaigns.rows import CampaignRow, TargetRow
from rmdesk.services.campaigns.tables import table
from rmdesk.services.campaigns.words import OUTCOMES, STATES
from rmdesk.services.care.words import kind_name
from rmdesk.services.segments import tables as segments
from rmdesk.ui.kit import format, names

STATE_KINDS = {CampaignState.DRAFT: "plain", CampaignState.RUNNING: "good", CampaignState.CLOSED: "overdue"}
OUTCOME_KINDS = {
    TouchOutcome.NOT_REACHED: "plain",
    TouchOutcome.REACHED: "value",
    TouchOutcome.INTERESTED: "opportunity",
    TouchOutcome.DECLINED: "risk",
    TouchOutcome.BOUGHT: "good",
}
MAN = {"easy": N_("1 to 3"), "open": N_("to be asked"), "hard": N_("4 or 5")}
CLIENT_KINDS = {ClientKind.PERSON: N_("Person"), ClientKind.COMPANY: N_("Company")}


def state(one: CampaignRow) -> tuple[str, str]:
    """Where a campaign stands, and the kind of its chip."""
    if one.state is CampaignState.RUNNING and one.ends_on is not None and one.ends_on < clock.today():
        return _("Past its end"), "risk"
    return _(STATES[one.state]), STATE_KINDS[one.state]


def purpose(code: Purpose) -> str:
    """The name of a purpose."""
    return table().purposes[code].name.said


def outcome(code: TouchOutcome | None) -> str:
    """The name of an outcome; empty without one."""
    return "" if code is None else _(OUTCOMES[code])


def span(one: CampaignRow) -> str:
    """From when to when."""
    first = format.short_day(one.starts_on)
    return f"{first} – {format.short_day(one.ends_on)}" if one.ends_on else _("from {day}").format(day=first)


def value(what: str, code: str) -> str:
    """One value of a condition."""
    if what == "tier":
        return names.tier(Tier(code))
    if what == "group":
        return segments.table().groups[segments.GROUPS.index(code)].name.said
    if what == "familiarity":
        return names.familiarity(Familiarity(code))
    if what == "man":
        return _(MAN[code])
    if what == "kind":
        return _(CLIENT_KINDS[ClientKind(code)])
    if what == "risk":
        return f"R{code}"
    if what == "holds":
        return str(kind_name(code))
    if what in ("loyalty", "churn"):
        return format.decimal(float(code), 2).rstrip("0")
    if KINDS[what].ask is Ask.WITHIN or what in ("quiet", "dormant"):
        return _("{count} days").format(count=format.whole(int(float(code))))
    return format.whole(int(float(code)))


def condition(one: Condition) -> str:
    """A condition as a chip says it."""
    kind = KINDS[one.what]
    said = _("{ask}: {values}").format(
        ask=_(kind.name), values=_(", ").join(value(one.what, code) for code in one.values)
    )
    if kind.ask is Ask.LEAST and one.what not in ("least_aum", "youngest"):
        said = _("{what} ≥ {number}").format(what=_(kind.name), number=value(one.what, one.values[0]))
    if kind.ask is Ask.WITHIN:
        said = _("{what} within {days}").format(what=_(kind.name), days=value(one.what, one.values[0]))
    return _("not: {condition}").format(condition=said) if one.negated else said


def why(row: TargetRow) -> str:
    """Why this place in the order, or why not now."""
    if row.why is not None:
        return row.why.said
    lines = " · ".join(f"{name} {points:+.0f}" for name, points in row.lines)
    if row.last is TouchOutcome.INTERESTED:
        return _("Asked to hear more") + (f" · {lines}" if lines else "")
    return lines or _("Nothing known that speaks for or against")
