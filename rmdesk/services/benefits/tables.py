"""The rule book of benefits, typed: resources/rules/benefits.toml."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.services.rulebook import Words, book, words


@record
class Benefit:
    """A benefit: how many a year for members of a club, and by tier 1..5; `cost` of one use in units of currency."""

    code: str
    name: Words
    member: int
    tiers: dict[int, int]
    cost: int


@cache
def benefits() -> dict[str, Benefit]:
    """The benefits by code, in their order."""
    return {
        entry["code"]: Benefit(
            entry["code"],
            words(entry["name"]),
            int(entry["member"]),
            {int(tier[1:]): int(count) for tier, count in entry["tiers"].items()},
            int(entry["cost"]),
        )
        for entry in book("benefits")["benefit"]
    }


def benefit_name(code: str) -> str:
    """The name of a benefit in the language in use; the code where nobody knows it any more."""
    known = benefits().get(code)
    return code if known is None else known.name.said
