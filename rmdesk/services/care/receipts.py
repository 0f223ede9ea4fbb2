"""The score as a receipt: a line for each rule with its input, the input's date, the rule in words and its setting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import Purpose
from rmdesk.services.care import reasons, words
from rmdesk.services.care.details import Details
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.care.rows import Fact, ReceiptLine
from rmdesk.services.care.words import Compact
from rmdesk.services.occasions import names
from rmdesk.services.scoring import settings, tables
from rmdesk.services.scoring.rules import Scores
from rmdesk.services.segments import tables as segment_tables

Said = tuple[Phrase, date | None]

UNKNOWN = phrase("Unknown, not scored")
NOT_SPOKEN_OF = phrase("Left out: no products when sleepers are woken")

_WHYS = {
    "C": phrase("Contact gap: starts at 80% of the cadence, full at twice the cadence"),
    "F": phrase("Familiarity gap: the class in use against the tier's target"),
    "O": phrase("Occasion: full within three days, less until the lead time"),
    "M": phrase("Maturity: twice the maturing share of AUM, near ones in full"),
    "R": phrase("Churn risk: signals combined, each by its weight"),
    "S": phrase("Service debt: the heaviest open complaint or broken promise, never their sum"),
    "cap": phrase("A score is at most 100"),
}


def lines(portfolio: Portfolio, scores: Scores, at: int, known: Details, purpose: Purpose) -> tuple[ReceiptLine, ...]:
    """The lines of one client; their points add up to the score before rounding."""
    made = []
    for line in tables.LINES:
        said, as_of = _INPUTS[line](portfolio, at, known)
        if line == "M" and purpose is Purpose.WAKE and not scores.lines[line][at]:
            said, as_of = NOT_SPOKEN_OF, None
        made.append(
            ReceiptLine(
                rule=line,
                shade=reasons.SHADES[line],
                points=float(scores.lines[line][at]),
                input=said,
                as_of=as_of,
                why=_WHYS[line],
                setting=f"{settings.WEIGHTS.key}:{settings.key(purpose, line)}",
                known=not np.isnan(portfolio.inputs[line][at]),
            )
        )
    if scores.cap[at] < 0:
        made.append(
            ReceiptLine(
                "cap", reasons.SHADES["cap"], float(scores.cap[at]), phrase("At most 100"), None, _WHYS["cap"], ""
            )
        )
    return tuple(made)


def facts(portfolio: Portfolio, at: int, known: Details) -> tuple[Fact, ...]:
    """The figures that enter several lines."""
    worth, loyalty = portfolio.inputs["V"][at], portfolio.loyalty[at]
    cadence = portfolio.cadence[at]
    return (
        Fact("tier", float(portfolio.tier[at]) or None, tier_basis(portfolio, at), phrase("Mean of three months")),
        Fact("V", _number(worth), _aum(portfolio, at, known), phrase("Value: grows with the logarithm of AUM")),
        Fact("L", _number(loyalty), _loyalty(portfolio, at), phrase("Loyalty: from behaviour only; adds up to 15%")),
        Fact("D", _number(cadence), _cadence(portfolio, at), phrase("Cadence of the group and tier")),
        Fact("MAN", float(portfolio.man_high[at]), reasons.man(portfolio, at), _question(portfolio, at)),
    )


_QUESTIONS = {
    "A": phrase("Ask who decides"),
    "N": phrase("Ask what is needed, and by when"),
    "M": phrase("Ask what is held elsewhere"),
}


def _question(portfolio: Portfolio, at: int) -> Phrase:
    """The question for the next visit: the first of authority, need and money that nobody has answered."""
    for letter, question in _QUESTIONS.items():
        if np.isnan(portfolio.measures[f"told_{letter}"][at]):
            return question
    return phrase("Money, authority and need are known")


def tier_basis(portfolio: Portfolio, at: int) -> Phrase:
    """What the tier rests on."""
    months = int(portfolio.tier_months[at])
    if months == 0:
        return phrase("Tier from the balance of one day") if portfolio.tier[at] else phrase("AUM unknown")
    if portfolio.watch[at]:
        return phrase(
            "Tier from the mean of {months} months; on watch, {below} months below",
            months=months,
            below=int(portfolio.below[at]),
        )
    return phrase("Tier from the mean of {months} months", months=months)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _aum(portfolio: Portfolio, at: int, known: Details) -> Phrase:
    worth = portfolio.worth_aum[at]
    if np.isnan(worth):
        return phrase("AUM unknown")
    amount = Compact(portfolio.minor(worth), portfolio.currency)
    if np.isnan(portfolio.aum[at]):
        return phrase("AUM last known {amount}", amount=amount)
    if portfolio.stale[at]:
        return phrase("AUM {amount}, data out of date", amount=amount)
    if known.left_out:
        return phrase("AUM {amount}, without {currencies}", amount=amount, currencies=known.left_out)
    return phrase("AUM {amount}", amount=amount)


def _loyalty(portfolio: Portfolio, at: int) -> Phrase:
    measures = portfolio.measures
    years, below = measures["tenure"][at], measures["below"][at]
    return phrase(
        "Client for {years} years, {kinds} product kinds, {below} of 12 months below the tier, {referrals} referrals",
        years="?" if np.isnan(years) else f"{years:.1f}",
        kinds="?" if np.isnan(measures["kinds"][at]) else int(measures["kinds"][at]),
        below="?" if np.isnan(below) else int(below),
        referrals=int(measures["referrals"][at]),
    )


def _cadence(portfolio: Portfolio, at: int) -> Phrase:
    group, days = int(portfolio.group[at]), portfolio.cadence[at]
    if not group:
        return phrase("No group: the tier is unknown")
    if portfolio.agreed[at]:
        one = portfolio.agreements[int(portfolio.agreed[at]) - 1]
        return phrase(
            "Contact every {days} days, agreed on {date}: {note}", days=one.days, date=one.on.isoformat(), note=one.note
        )
    if np.isnan(days):
        return phrase("{group}: contacted by event", group=_group(group))
    tier = segment_tables.table().tier_shorts[int(portfolio.tier[at]) - 1]
    return phrase("Contact every {days} days ({group}, {tier})", days=int(days), group=_group(group), tier=tier)


def _group(number: int) -> object:
    """The name of one of the nine groups, in the language in use when shown."""
    return segment_tables.table().groups[number - 1].name


def _contact(portfolio: Portfolio, at: int, known: Details) -> Said:
    gap, least, cadence = portfolio.gap[at], portfolio.gap_least[at], portfolio.cadence[at]
    if np.isnan(cadence):
        return _cadence(portfolio, at), known.last_contact
    if not np.isnan(gap) and portfolio.agreed[at]:
        return phrase(
            "{gap} days since the last contact, agreed cadence {cadence}", gap=int(gap), cadence=int(cadence)
        ), known.last_contact
    if not np.isnan(gap):
        return phrase(
            "{gap} days since the last contact, cadence {cadence}", gap=int(gap), cadence=int(cadence)
        ), known.last_contact
    if np.isnan(least):
        return phrase("Last contact unknown, not scored"), None
    return phrase("No recorded contact in {gap} days, cadence {cadence}", gap=int(least), cadence=int(cadence)), None


def _familiarity(portfolio: Portfolio, at: int, known: Details) -> Said:
    if not portfolio.tier[at] or not portfolio.familiarity_known[at]:
        return phrase("Nothing on record yet, not scored"), None
    used = segment_tables.table().class_names[int(portfolio.familiarity[at])]
    q, k = int(portfolio.measures["q"][at]), int(portfolio.measures["k"][at])
    if portfolio.override[at]:
        computed = segment_tables.table().class_names[int(portfolio.computed[at])]
        return phrase("{used}, set by hand (computed: {computed})", used=used, computed=computed), None
    return phrase("{used}: contact index {q}, {k} of 9 blocks", used=used, q=q, k=k), portfolio.day


def _occasion(portfolio: Portfolio, at: int, known: Details) -> Said:
    for one in reasons.occasion(portfolio, at, known):
        return one.text, portfolio.day
    for done in reasons.nearest(portfolio, at, [due for due, _on in known.greeted]):
        on = dict(known.greeted)[done]
        return phrase("{occasion}: greeted on {date}", occasion=names.title(done), date=words.month_day(on)), on
    return phrase("No occasion within the lead time"), portfolio.day


def _maturity(portfolio: Portfolio, at: int, known: Details) -> Said:
    if np.isnan(portfolio.aum[at]):
        return UNKNOWN, known.aum_on
    rule = tables.table()
    near = [one for one in known.maturities if (portfolio.day - one.on).days <= rule.maturity_past]
    if not near:
        return phrase("Nothing matures within 30 days"), known.aum_on
    first = near[0]
    amount = Compact(first.amount_minor, first.currency)
    said = words.matures(first.kind, amount, first.on, portfolio.day)
    if len(near) > 1:
        said = phrase("{first}, and {count} more", first=said, count=len(near) - 1)
    return said, first.as_of or known.aum_on


def _churn(portfolio: Portfolio, at: int, known: Details) -> Said:
    rule = tables.table().signals
    heard = [
        phrase(
            "{signal} ({weight})",
            signal=_signal_name(name),
            weight=f"{rule[name].weight * portfolio.signals[name][at]:.2f}",
        )
        for name in tables.SIGNALS
        if np.nan_to_num(portfolio.signals[name][at]) > 0
    ]
    silent = sum(bool(np.isnan(portfolio.signals[name][at])) for name in tables.SIGNALS)
    said = phrase("No signal")
    for at_, one in enumerate(heard):
        said = one if at_ == 0 else phrase("{first} · {second}", first=said, second=one)
    if silent:
        said = phrase("{signals} · {count} signals unknown", signals=said, count=silent)
    return said, known.aum_on


def _service(portfolio: Portfolio, at: int, known: Details) -> Said:
    for owed, text in (
        (known.complaints, _complaints(known)),
        (known.promises, phrase("Promises due: {count}", count=len(known.promises))),
    ):
        if owed:
            return text, owed[0].since
    return phrase("Nothing open"), portfolio.day


def _complaints(known: Details) -> Phrase:
    if len(known.complaints) != 1:
        return phrase("Open complaints: {count}", count=len(known.complaints))
    one = known.complaints[0]
    return phrase("Open complaint: working day {days} of {allowed}", days=one.used, allowed=one.allowed)


_INPUTS: dict[str, Callable[[Portfolio, int, Details], Said]] = {
    "C": _contact,
    "F": _familiarity,
    "O": _occasion,
    "M": _maturity,
    "R": _churn,
    "S": _service,
}

_SIGNALS = {
    "fall": phrase("AUM below its 3-month high"),
    "decline": phrase("Three months of decline"),
    "watch": phrase("Tier on watch"),
    "transfers": phrase("Transfers out"),
    "lapsed": phrase("Matured, not renewed"),
    "dormant": phrase("Dormant"),
    "cancelled": phrase("Meetings called off"),
    "manager": phrase("Manager changed"),
    "tenure": phrase("Client for one to four years"),
    "complaint": phrase("Complaint ended badly"),
    "silence": phrase("No contact from us for twice the cadence"),
}


def _signal_name(name: str) -> Phrase:
    return _SIGNALS[name]
