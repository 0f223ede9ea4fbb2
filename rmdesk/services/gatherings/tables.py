"""The rule book of events, typed: resources/rules/gatherings.toml."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.services.rulebook import Words, book, words


@record
class GatheringKind:
    """A kind of event; asking to a `marketing` one is a marketing touch. `minutes` is its usual length."""

    code: str
    marketing: bool
    minutes: int
    name: Words


@cache
def kinds() -> dict[str, GatheringKind]:
    """The kinds by code, in their order."""
    return {
        entry["code"]: GatheringKind(entry["code"], entry["marketing"], entry["minutes"], words(entry["name"]))
        for entry in book("gatherings")["kind"]
    }


def kind_name(code: str) -> str:
    """The name of a kind in the language in use; the code where nobody knows it any more."""
    known = kinds().get(code)
    return code if known is None else known.name.said


def figure(section: str, name: str) -> int:
    """A whole number of the book."""
    return int(book("gatherings")[section][name]["value"])
