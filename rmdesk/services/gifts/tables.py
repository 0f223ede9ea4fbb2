"""The rule book of gifts as typed values: limits, words the gates look for, kinds of gifts, the library of ideas."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from rmdesk.base import text
from rmdesk.models.kinds import Tier
from rmdesk.services.rulebook import Words, book, words

LIMITS = ("recipient", "client", "budget")


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea of the library; `cost` in units of the portfolio's currency, `own` when a manager wrote it."""

    code: str
    title: Words
    category: str | None
    cost: Decimal | None
    suits: frozenset[str]
    occasions: frozenset[str] = frozenset()
    own: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """The text of a rule in both languages, with its figures, and where it comes from."""

    en: str
    zh: str
    source: str

    def said(self, **figures: object) -> str:
        """The text in the language in use."""
        return (self.zh if text.language() == "zh_CN" else self.en).format(**figures)


def rule(*path: str) -> Rule:
    """The text of a rule, as in `rule("law", "cash")`; the source is that of its entry or of the table around it."""
    entry: Any = book("gifts")
    source = ""
    for name in path:
        entry = entry[name]
        source = entry.get("source", source)
    said = entry.get("rule", entry)
    return Rule(en=said["en"], zh=said["zh"], source=source)


def limit(name: str) -> Decimal:
    """A proposed limit in units of the currency: recipient, strict, client, budget."""
    return Decimal(book("gifts")["limits"][name]["value"])


def figure(*path: str) -> Any:
    """One value of the book, as in `figure("taste", "repeat_months")`."""
    entry: Any = book("gifts")
    for name in path:
        entry = entry[name]
    return entry["value"]


def listed(*path: str) -> tuple[str, ...]:
    """A list of words of the book."""
    entry: Any = book("gifts")
    for name in path:
        entry = entry[name]
    return tuple(entry)


@cache
def categories() -> dict[str, Words]:
    """The kinds of gifts by code, in their order."""
    return {entry["code"]: words(entry["name"]) for entry in book("gifts")["category"]}


def topic_name(topic: str) -> str:
    """A topic in the language in use: its first word in that script."""
    chinese = text.language() == "zh_CN"
    found = next((word for word in book("gifts")["topics"][topic] if word.isascii() is not chinese), topic)
    return str(found)


@cache
def key_tiers() -> frozenset[Tier]:
    """The tiers of key clients."""
    return frozenset(map(Tier, figure("taste", "key_tiers")))


@cache
def ideas() -> tuple[Idea, ...]:
    """The ideas that ship, in their order."""
    return tuple(
        Idea(
            code=entry["code"],
            title=words(entry["title"]),
            category=entry["category"],
            cost=Decimal(entry["cost"]),
            suits=frozenset(entry["suits"]),
            occasions=frozenset(entry.get("for", ())),
        )
        for entry in book("gift_ideas")["idea"]
    )
