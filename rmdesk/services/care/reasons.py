"""Why a client is on the list, in chips, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

import numpy as np

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import Lane, Purpose
from rmdesk.services.care import words
from rmdesk.services.care.details import Details
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.care.rows import Action, Reason, Shade, Step
from rmdesk.services.care.words import Compact, month_day
from rmdesk.services.occasions import names
from rmdesk.services.occasions.due import Due
from rmdesk.services.scoring import tables

MOST = 4
HIGH = 4  # T4 and above

# What each line of the score is about.
SHADES = {
    "C": Shade.OVERDUE,
    "F": Shade.VALUE,
    "O": Shade.OCCASION,
    "M": Shade.OPPORTUNITY,
    "R": Shade.RISK,
    "S": Shade.RISK,
    "cap": Shade.VALUE,
}


def reasons(
    portfolio: Portfolio, at: int, points: dict[str, float], known: Details, lane: Lane | None, purpose: Purpose
) -> tuple[Reason, ...]:
    """At most four reasons: what must be done first, then by the points they earn. Waking names no product and nothing
    that matures or matured (domain §8)."""
    soft = purpose is Purpose.WAKE
    by_points = sorted((line for line in _lines(soft) if points[line] > 0), key=lambda line: -points[line])
    found = [*_must(portfolio, at, known, soft), *_of_lane(portfolio, at, known, lane)]
    for line in by_points:
        of_line = _churn(portfolio, at, known, soft) if line == "R" else _LINES[line](portfolio, at, known)
        found.extend(one for one in of_line if one not in found)
    return tuple(found[:MOST])


def action(
    portfolio: Portfolio, at: int, points: dict[str, float], known: Details, lane: Lane | None, purpose: Purpose
) -> Action:
    """The next step that fits the first reason; waking plans no renewal."""
    soft = purpose is Purpose.WAKE
    high = bool(portfolio.tier[at] >= HIGH)
    if portfolio.must_complaint[at]:
        return Action(Step.RESOLVE, phrase("Settle complaint"))
    if portfolio.must_promise[at]:
        return Action(Step.KEEP, phrase("Keep promise"))
    if portfolio.must_maturity[at] and not soft:
        return Action(Step.RENEW, phrase("Plan renewal"))
    if portfolio.must_watch[at]:
        return _visit()
    if lane is Lane.INCOMPLETE:
        return Action(Step.COMPLETE, phrase("Complete data"))
    if lane is Lane.OPPORTUNITY:
        return Action(Step.MEET, phrase("Book meeting"))
    if lane is Lane.SILENT_LOYAL and not points["O"]:
        return _visit() if high else _call()
    match max(_lines(soft), key=lambda line: points[line]) if lane is not Lane.SILENT_LOYAL else "O":
        case "O":
            return Action(Step.CARD, phrase("Write card")) if high else Action(Step.MESSAGE, phrase("Send greeting"))
        case "M":
            return Action(Step.RENEW, phrase("Plan renewal"))
        case "S":
            return Action(Step.RESOLVE, phrase("Settle complaint")) if known.complaints else _call()
        case "R":
            return _visit() if high else _call()
        case _:
            if high:
                return Action(Step.MEET, phrase("Book meeting")) if portfolio.familiarity[at] == 0 else _visit()
            return _call() if portfolio.tier[at] > 1 else Action(Step.MESSAGE, phrase("Send message"))


def _lines(soft: bool) -> tuple[str, ...]:
    """The lines of the score that a row may speak of: all, or without the one about products."""
    return tuple(line for line in tables.LINES if not (soft and line == "M"))


def _visit() -> Action:
    return Action(Step.VISIT, phrase("Visit"))


def _call() -> Action:
    return Action(Step.CALL, phrase("Call"))


def _must(portfolio: Portfolio, at: int, known: Details, soft: bool) -> Iterator[Reason]:
    if portfolio.must_complaint[at]:
        yield from _service_complaint(portfolio, known)
    if portfolio.must_promise[at]:
        yield from _service_promise(portfolio, known)
    if portfolio.must_maturity[at] and not soft:
        yield from _maturity(portfolio, at, known)
    if portfolio.must_watch[at]:
        yield Reason(Shade.RISK, phrase("On watch before the tier review"))


def _of_lane(portfolio: Portfolio, at: int, known: Details, lane: Lane | None) -> Iterator[Reason]:
    if lane is Lane.SILENT_LOYAL:
        years = portfolio.measures["tenure"][at]
        if np.isnan(years):
            yield Reason(Shade.VALUE, phrase("Silent and loyal"))
        else:
            yield Reason(Shade.VALUE, phrase("Silent and loyal: client for {years} years", years=int(years)))
    elif lane is Lane.OPPORTUNITY:
        yield Reason(Shade.OPPORTUNITY, man(portfolio, at))
    elif lane is Lane.INCOMPLETE:
        yield Reason(Shade.OPPORTUNITY, phrase("AUM unknown"))


def man(portfolio: Portfolio, at: int) -> Phrase:
    """The MAN difficulty, as a number or a range."""
    low, high = int(portfolio.man_low[at]), int(portfolio.man_high[at])
    if low == high:
        return phrase("MAN {number}", number=low)
    return phrase("MAN {low} to {high}", low=low, high=high)


def _contact(portfolio: Portfolio, at: int, known: Details) -> Iterator[Reason]:
    days, cadence = int(portfolio.gap_least[at]), int(portfolio.cadence[at])
    if np.isnan(portfolio.gap[at]):
        text = phrase("No record for {days} days (due ≤ {cadence})", days=days, cadence=cadence)
    else:
        text = phrase("No contact for {days} days (due ≤ {cadence})", days=days, cadence=cadence)
    yield Reason(Shade.OVERDUE, text)


def _familiarity(portfolio: Portfolio, at: int, known: Details) -> Iterator[Reason]:
    yield Reason(Shade.VALUE, phrase("Less familiar than the tier deserves"))


def occasion(portfolio: Portfolio, at: int, known: Details) -> Iterator[Reason]:
    """The occasion that weighs most within the lead time, if there is one."""
    for due in nearest(portfolio, at, known.occasions):
        yield Reason(Shade.OCCASION, words.in_days(names.title(due), (due.on - portfolio.day).days))


def nearest(portfolio: Portfolio, at: int, found: Sequence[Due]) -> Sequence[Due]:
    """Of these occasions the one that weighs most within the lead time, or none."""
    rule = tables.occasions()
    lead = rule.long_lead_days if portfolio.tier[at] in rule.long_tiers else rule.lead_days
    near = [due for due in found if -rule.late_days <= (due.on - portfolio.day).days <= lead]
    return sorted(near, key=lambda due: (-due.weight(rule), due.on))[:1]


def _maturity(portfolio: Portfolio, at: int, known: Details) -> Iterator[Reason]:
    rule = tables.table()
    near = [one for one in known.maturities if (portfolio.day - one.on).days <= rule.maturity_past]
    if near:
        first = max(near, key=lambda one: (one.amount_minor, -one.on.toordinal()))
        amount = Compact(first.amount_minor, first.currency)
        yield Reason(Shade.OPPORTUNITY, words.matures(first.kind, amount, first.on, portfolio.day))


def _churn(portfolio: Portfolio, at: int, known: Details, soft: bool = False) -> Iterator[Reason]:
    rule = tables.table().signals
    told = {name: float(portfolio.signals[name][at]) for name in tables.SIGNALS}
    earned = {name: 0.0 if isnan(x) else rule[name].weight * x for name, x in told.items()}
    for name in sorted(tables.SIGNALS, key=lambda name: -earned[name]):
        told_of = earned[name] >= tables.lanes().chip_least and not (soft and name == "lapsed")
        text = _signal(portfolio, at, name, known) if told_of else None
        if text is not None:
            yield Reason(Shade.RISK, text)


def of_churn(portfolio: Portfolio, at: int, known: Details) -> tuple[Phrase, ...]:
    """The signals behind R in words, the heaviest first."""
    return tuple(reason.text for reason in _churn(portfolio, at, known))


def _signal(portfolio: Portfolio, at: int, name: str, known: Details) -> Phrase | None:
    """A churn signal in words; None for those that say nothing on a chip."""
    measures = portfolio.measures
    match name:
        case "fall":
            month = portfolio.change_30[at]
            if month <= -tables.table().signals["fall"].start:
                return phrase("AUM {change}% in 30 days", change=words.percent(float(month)))
            return phrase("AUM {change}% on its 3-month high", change=words.percent(-float(measures["fall"][at])))
        case "decline":
            return phrase("AUM falling for {months} months", months=int(measures["falling"][at]))
        case "watch":
            return phrase("Tier on watch")
        case "transfers":
            if measures["out"][at] >= tables.lanes().large_transfer:
                return phrase("Large transfers out")
            return None
        case "lapsed":
            lapsed = portfolio.minor(measures["lapsed"][at])
            return phrase("{amount} matured, not renewed", amount=Compact(lapsed, portfolio.currency))
        case "dormant":
            return phrase("No transactions for {days} days", days=int(measures["dormant"][at]))
        case "cancelled":
            return phrase("Meetings called off: {times}", times=int(measures["cancelled"][at]))
        case "manager":
            return phrase("Manager changed {days} days ago", days=int(measures["manager"][at]))
        case "complaint":
            return phrase("Complaint ended badly")
    return None


def _service(portfolio: Portfolio, at: int, known: Details) -> Iterator[Reason]:
    yield from _service_complaint(portfolio, known)
    yield from _service_promise(portfolio, known)


def _service_complaint(portfolio: Portfolio, known: Details) -> Iterator[Reason]:
    for one in known.complaints[:1]:
        yield Reason(Shade.RISK, phrase("Complaint open: day {days} of {allowed}", days=one.used, allowed=one.allowed))


def _service_promise(portfolio: Portfolio, known: Details) -> Iterator[Reason]:
    for one in known.promises[:1]:
        if one.due < portfolio.day:
            yield Reason(Shade.RISK, phrase("Promise overdue since {date}", date=month_day(one.due)))
        else:
            yield Reason(Shade.RISK, phrase("Promise due today"))


_LINES = {
    "C": _contact,
    "F": _familiarity,
    "O": occasion,
    "M": _maturity,
    "R": _churn,
    "S": _service,
}
