"""The numbers that the sentences of resources/guide/rules.toml are filled with: of the rule books and the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from rmdesk.base import money
from rmdesk.base.text import _
from rmdesk.models.kinds import Purpose
from rmdesk.services.gifts import tables as gifts
from rmdesk.services.rulebook import book
from rmdesk.services.scoring import settings as weighing
from rmdesk.services.scoring import tables as scoring
from rmdesk.services.segments import settings as segmenting
from rmdesk.services.store.reads import Reads

Figures = dict[str, object]


def percent(share: float) -> str:
    """A share as whole percent, as in 30 %."""
    return f"{round(share * 100)} %"


def of(name: str, reads: Reads) -> Figures:
    """The figures of a rule by the names in its sentences; empty where it has none."""
    made = _RULES.get(name)
    return made(reads) if made is not None else {}


def found(reads: Reads, places: Mapping[str, str]) -> Figures:
    """The figures that stand at these places: `clubs.term.months` is a value of a rule book, with `%` behind it a
    share, `@team.review_share` a setting in force.
    """
    return {name: _at(reads, place) for name, place in places.items()}


def _at(reads: Reads, place: str) -> object:
    if place.startswith("@"):
        from rmdesk.services.settings import queries

        return f"{next(one.value for one in queries.all_values(reads) if one.key == place[1:]):,}"
    name, *parts = place.rstrip("%").split(".")
    found: Any = book(name)
    for part in parts:
        found = found[part]
    if isinstance(found, dict):
        found = found["value"]
    if place.endswith("%"):
        return percent(found)
    if isinstance(found, list):
        return _(", ").join(map(str, found))
    return found if isinstance(found, str) else f"{found:,}"


def _tiers(reads: Reads) -> Figures:
    table = segmenting.table(reads)
    moves = table.movement
    return {"months": table.months, "below": moves.below, "watch": moves.watch, "best_of": moves.best_of}


def _familiarity(reads: Reads) -> Figures:
    rule = segmenting.table(reads).knowing
    return {
        "window": rule.window_days, "visit": rule.visit, "call": rule.call, "blocks": rule.blocks,
        "fresh": rule.fresh_days, "familiar_q": rule.familiar[0], "familiar_k": rule.familiar[1],
        "stranger_q": rule.stranger[0], "stranger_k": rule.stranger[1], "override": rule.override_days,
    }  # fmt: skip


def _man(reads: Reads) -> Figures:
    table = segmenting.table(reads)
    return {
        "hardest": max(table.coefficients.values()), "first": table.develop_first, "need": table.need_days,
        "idle": percent(table.idle_share), "idle_months": table.idle_months,
    }  # fmt: skip


def _score(_reads: Reads) -> Figures:
    table = scoring.table()
    return {
        "most": f"{table.most:g}", "loyalty": percent(table.loyalty), "contact_start": percent(table.contact_start),
        "contact_full": percent(table.contact_start + table.contact_span), "past": table.maturity_past,
        "ahead": table.maturity_ahead,
    }  # fmt: skip


def _lanes(_reads: Reads) -> Figures:
    rule = scoring.lanes()
    return {
        "workdays": rule.complaint_workdays, "share": percent(rule.maturing_share),
        "amount": money.short(Decimal(str(rule.maturing_amount))), "days": rule.maturing_days,
        "loyal": f"{rule.loyal:g}",
        "silent": rule.silent_days, "silent_share": percent(rule.silent_share), "touches": rule.touches_most,
        "touch_days": rule.touches_days,
    }  # fmt: skip


def _churn(_reads: Reads) -> Figures:
    return {"warning": f"{book('churn')['warning']['least']['value']:g}"}


def _loyalty(reads: Reads) -> Figures:
    table, trap = segmenting.table(reads), book("satisfaction")
    return {
        "tenure": f"{table.tenure.full:g}", "kinds": f"{table.kinds.full:g}", "referrals": f"{table.referrals.full:g}",
        "trap_loyalty": trap["trap_loyalty"]["value"], "trap_churn": trap["trap_churn"]["value"],
    }  # fmt: skip


def _complaints(_reads: Reads) -> Figures:
    clock = book("complaints")["clock"]
    return {
        "allowed": clock["allowed"]["value"],
        "hard": clock["allowed_hard"]["value"],
        "extension": clock["extension"]["value"],
    }


def limits() -> tuple[str, ...]:
    """The sentences of the gifts' limits, with the amounts as shipped."""
    names = ("recipient", "strict", "client", "budget")
    said = (gifts.rule("limits", name).said(limit=f"{gifts.limit(name):,}") for name in names)
    taste = gifts.rule("taste").said(months=gifts.figure("taste", "repeat_months"))
    return (gifts.rule("law").said(), *said, gifts.rule("limits", "over").said(), taste)


def weights(reads: Reads) -> dict[Purpose, scoring.Weights]:
    """The points of each line and purpose as this bank has set them."""
    return {purpose: weighing.weights(reads, purpose) for purpose in Purpose}


_RULES: dict[str, Callable[[Reads], Figures]] = {
    "tiers": _tiers,
    "familiarity": _familiarity,
    "man": _man,
    "score": _score,
    "lanes": _lanes,
    "churn": _churn,
    "loyalty": _loyalty,
    "complaints": _complaints,
}
