"""The numbers of the care priority, typed: resources/rules/scoring.toml and occasions.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from rmdesk.base.record import record, replace
from rmdesk.models.kinds import Purpose
from rmdesk.services.rulebook import book

LINES = ("C", "F", "O", "M", "R", "S")
SIGNALS = (
    "fall",
    "decline",
    "watch",
    "transfers",
    "lapsed",
    "dormant",
    "cancelled",
    "manager",
    "tenure",
    "complaint",
    "silence",
)


@record
class Weights:
    """Points that each line is worth at most, before loyalty."""

    C: float
    F: float
    O: float  # noqa: E741 - the letters of the formula
    M: float
    R: float
    S: float

    def of(self, line: str) -> float:
        """The weight of one line."""
        return float(getattr(self, line))

    def changed(self, other: Mapping[str, float]) -> Weights:
        """The same weights with some of them replaced."""
        return replace(self, **{line: float(other[line]) for line in LINES if line in other})


@record
class Signal:
    """A churn signal: its weight, and the ramp or the thresholds that its input is held against."""

    weight: float
    start: float
    span: float
    months: int
    days: int
    back_days: int
    times: int
    from_months: int
    to_months: int
    source: str


@record
class ScoreTable:
    """All of scoring.toml but the presets of the weights."""

    shares: dict[str, tuple[float, float]]  # line: base, part that grows with V
    most: float
    decimals: int
    loyalty: float
    unit: float
    decades: float
    referral: float
    referrals_most: float
    referral_days: int
    stale_days: int
    contact_start: float
    contact_span: float
    targets: tuple[int, ...]  # of T1..T5
    familiarity_span: float
    maturity_past: int
    maturity_ahead: int
    maturity_full: int
    maturity_end: float
    maturity_times: float
    signals: dict[str, Signal]
    promise_severity: float
    promise_days: int


@record
class LaneTable:
    """When a client belongs to a lane, and how long a day is."""

    complaint_workdays: int
    maturing_days: int
    maturing_share: float
    maturing_amount: float
    review_months: tuple[int, ...]
    review_days: int
    loyal: float
    silent_days: int
    silent_share: float
    opportunity_share: dict[str, float]
    incomplete_most: int
    priority_least: int
    list_most: int
    chip_least: float
    large_transfer: float
    touches_most: int
    touches_days: int
    length: int
    measured_days: int
    least_days: int
    least: int
    most: int
    rest_days: int


@record
class OccasionTable:
    """How much an occasion weighs, and how its weight runs with the days."""

    weights: dict[str, float]
    great_festivals: tuple[str, ...]
    full_days: int
    end: float
    late_days: int
    late: float
    lead_days: int
    long_lead_days: int
    long_tiers: tuple[int, ...]
    round: tuple[int, ...]


@cache
def presets() -> dict[Purpose, Weights]:
    """The weights of each purpose, as shipped."""
    return {Purpose(name): Weights(**entry["weights"]) for name, entry in book("scoring")["purposes"].items()}


@cache
def table() -> ScoreTable:
    """The rules of the points as shipped."""
    data = book("scoring")
    value, maturity = _values(data["value"]), _values(data["maturity"])
    return ScoreTable(
        shares={line: (data["shares"][line]["base"], data["shares"][line]["value"]) for line in LINES},
        most=float(data["score"]["most"]["value"]),
        decimals=data["score"]["decimals"]["value"],
        loyalty=data["score"]["loyalty"]["value"],
        unit=float(value["unit"]),
        decades=float(value["decades"]),
        referral=value["referral"],
        referrals_most=value["referrals_most"],
        referral_days=value["referral_days"],
        stale_days=value["stale_days"],
        contact_start=data["contact"]["start"]["value"],
        contact_span=data["contact"]["span"]["value"],
        targets=tuple(data["familiarity"]["targets"]["value"].values()),
        familiarity_span=float(data["familiarity"]["span"]["value"]),
        maturity_past=maturity["past_days"],
        maturity_ahead=maturity["ahead_days"],
        maturity_full=maturity["full_days"],
        maturity_end=maturity["end"],
        maturity_times=float(maturity["times"]),
        signals={name: _signal(data["churn"][name]) for name in SIGNALS},
        promise_severity=data["service"]["promise_severity"]["value"],
        promise_days=data["service"]["promise_days"]["value"],
    )


@cache
def lanes() -> LaneTable:
    """The rules of the lanes and of the day as shipped."""
    data = book("scoring")
    day, touches = _values(data["day"]), _values(data["touches"])
    given = _values(data["lanes"])
    given["review_months"] = tuple(given["review_months"])
    return LaneTable(**given, **day, touches_most=touches["most"], touches_days=touches["days"])


@cache
def occasions() -> OccasionTable:
    """The rules of the occasions as shipped."""
    data = book("occasions")
    time, lead = _values(data["time"]), _values(data["lead"])
    return OccasionTable(
        weights={kind: float(weight) for kind, weight in _values(data["weights"]).items()},
        great_festivals=tuple(data["great_festivals"]["value"]),
        full_days=time["full_days"],
        end=time["end"],
        late_days=time["late_days"],
        late=time["late"],
        lead_days=lead["days"],
        long_lead_days=lead["long_days"],
        long_tiers=tuple(int(tier[1:]) for tier in lead["long_tiers"]),
        round=tuple(data["round"]["value"]),
    )


def _values(section: dict[str, Any]) -> dict[str, Any]:
    return {key: entry["value"] for key, entry in section.items() if isinstance(entry, dict)}


def _signal(entry: dict[str, Any]) -> Signal:
    return Signal(
        weight=entry["weight"],
        start=float(entry.get("from", 0)),
        span=float(entry.get("span", 1)),
        months=entry.get("months", 0),
        days=entry.get("days", 0),
        back_days=entry.get("back_days", 0),
        times=entry.get("times", 0),
        from_months=entry.get("from_months", 0),
        to_months=entry.get("to_months", 0),
        source=entry["source"],
    )
