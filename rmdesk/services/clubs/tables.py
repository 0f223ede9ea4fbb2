"""The rule book of clubs, typed: resources/rules/clubs.toml."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.services.rulebook import Words, book, words


@record
class Club:
    """A club: the daily-average AUM it asks for, in units of the portfolio's currency, and its sub-clubs by code."""

    code: str
    limit: int
    name: Words
    circles: dict[str, Words]
    source: str


@cache
def clubs() -> dict[str, Club]:
    """The clubs by code, in their order."""
    return {
        entry["code"]: Club(
            entry["code"],
            int(entry["limit"]),
            words(entry["name"]),
            {circle["code"]: words(circle["name"]) for circle in entry.get("circle", ())},
            entry["source"],
        )
        for entry in book("clubs")["club"]
    }


def first() -> Club:
    """The club that is shown when none is named."""
    return next(iter(clubs().values()))


def club_name(code: str) -> str:
    """The name of a club in the language in use; the code where nobody knows it any more."""
    known = clubs().get(code)
    return code if known is None else known.name.said


def figure(section: str, name: str) -> float:
    """A number of the book."""
    return float(book("clubs")[section][name]["value"])
