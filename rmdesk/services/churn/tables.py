"""The numbers of the account risk, typed: resources/rules/churn.toml."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.services.rulebook import Words, book, words

SIGNALS = ("free", "swing", "moves", "above", "seldom", "unbound", "fall", "dormant")
TOLD = ("deviation", "mean", "movement", "spread", "count", "payments", "months_quiet")


@record
class AccountSignal:
    """One signal: what it weighs, the ramp its measure is held against, and its words."""

    weight: float
    start: float
    span: float
    months: int
    name: Words
    text: Words
    source: str


@record
class RiskTable:
    """All that the account risk rests on."""

    signals: dict[str, AccountSignal]
    months: int
    least_months: int
    settling: int
    from_months: float
    from_spread: float
    month_days: int
    least_accounts: int
    decimals: int
    told: dict[str, tuple[str, ...]]  # a figure, and the columns of exports that tell it


@cache
def table() -> RiskTable:
    """The rules as shipped."""
    data = book("churn")
    measure = {name: entry["value"] for name, entry in data["measure"].items()}
    return RiskTable(
        signals={name: _signal(data["signal"][name]) for name in SIGNALS},
        told={name: tuple(data["told"][name]) for name in TOLD},
        decimals=data["show"]["decimals"]["value"],
        **measure,
    )


def _signal(entry: dict[str, object]) -> AccountSignal:
    return AccountSignal(
        weight=float(str(entry["weight"])),
        start=float(str(entry["from"])),
        span=float(str(entry["span"])),
        months=int(str(entry.get("months", 0))),
        name=words(entry["name"]),  # type: ignore[arg-type]
        text=words(entry["text"]),  # type: ignore[arg-type]
        source=str(entry["source"]),
    )
