"""The rule book of points, typed: resources/rules/points.toml."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.services.rulebook import Words, book, words

EXPIRY, CORRECTION, REFERRAL = "expiry", "correction", "referral"


@record
class EarnRule:
    """A rule by which points are earned: `points` for each whole `per` units of a holding of these kinds; for a
    referral as they are."""

    code: str
    kinds: tuple[str, ...]
    per: int
    points: int
    name: Words
    source: str


@cache
def earning() -> dict[str, EarnRule]:
    """The rules by code, in their order."""
    return {
        entry["code"]: EarnRule(
            entry["code"], tuple(entry["kinds"]), int(entry["per"]), int(entry["points"]), words(entry["name"]),
            entry["source"],
        )
        for entry in book("points")["earn"]
    }  # fmt: skip


@cache
def redeeming() -> dict[str, Words]:
    """For what points are given, by code."""
    return {entry["code"]: words(entry["name"]) for entry in book("points")["redeem"]}


def rule_name(code: str) -> str:
    """The name of a rule in the language in use; empty for what has none of its own."""
    if code in earning():
        return earning()[code].name.said
    return redeeming()[code].said if code in redeeming() else ""


def figure(name: str) -> int:
    """A whole number of the book."""
    return int(book("points")["terms"][name]["value"])
