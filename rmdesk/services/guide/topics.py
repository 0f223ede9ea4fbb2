"""Which help pages there are, and what stands on each: blocks of a document."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from rmdesk.base import paths
from rmdesk.base.record import record
from rmdesk.base.text import N_, _, phrase
from rmdesk.services.churn.words import SIGNALS
from rmdesk.services.documents.blocks import Block, Paragraph, TableBlock, Text
from rmdesk.services.guide import figures
from rmdesk.services.rulebook import Words, words
from rmdesk.services.scoring import tables as scoring
from rmdesk.services.scoring.words import LINES, PURPOSES
from rmdesk.services.segments import settings as segmenting
from rmdesk.services.store.reads import Reads

MORE_SIGNALS = {"watch": N_("Tier on watch"), "tenure": N_("Client for one to four years")}


@record
class Screen:
    """A page of the window: what it is for, and what one does there."""

    name: str
    title: Words
    about: Words
    steps: tuple[Words, ...]


@record
class Rule:
    """A rule: its sentences with placeholders; its tables are made anew from the rule books."""

    name: str
    title: Words
    text: tuple[Words, ...]


@cache
def screens() -> dict[str, Screen]:
    """The help of each page, by the name of its route."""
    return {
        one["name"]: Screen(one["name"], words(one["title"]), words(one["about"]), tuple(map(words, one["steps"])))
        for one in told("screens")["screen"]
    }


@cache
def rules() -> dict[str, Rule]:
    """The help of each rule by its name, in the order of the list."""
    return {
        one["name"]: Rule(one["name"], words(one["title"]), tuple(map(words, one["text"])))
        for one in told("rules")["rule"]
    }


def of_screen(name: str) -> tuple[Block, ...]:
    """The help of a page; KeyError when it has none."""
    screen = screens()[name]
    return (Paragraph(screen.about, soft=True), *_points(screen.steps))


def of_rule(reads: Reads, name: str) -> tuple[Block, ...]:
    """The help of a rule, with the numbers that hold in this profile; KeyError when there is no such rule."""
    given = figures.of(name, reads)
    said = [Paragraph(text.said.format(**given)) for text in rules()[name].text]
    table = _TABLES.get(name)
    return (*said, *(table(reads) if table is not None else ()))


def _points(said: Iterable[Text]) -> tuple[Block, ...]:
    return tuple(Paragraph(phrase("• {text}", text=one)) for one in said)


def told(name: str) -> dict[str, Any]:
    """A file of resources/guide as plain data."""
    with paths.resource("guide", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


# The tables below the sentences.


def _tiers(reads: Reads) -> tuple[Block, ...]:
    table = segmenting.table(reads)
    lower = (0.0, *table.cuts)
    rows = tuple(
        (f"T{at + 1}", name, f"{lower[at]:,.0f}")
        for at, name in reversed(list(enumerate(table.tier_names)))
        if at < len(lower)
    )
    return (TableBlock((phrase("Tier"), phrase("Name"), phrase("From")), rows, right=(2,), widths=(1, 3, 2)),)


def _groups(reads: Reads) -> tuple[Block, ...]:
    rows = tuple(
        (
            f"{group.code} {group.name.said}",
            group.strategy,
            group.tools,
            " ".join(f"{tier} {days}" for tier, days in sorted(group.cadence.items(), reverse=True)) or "–",
        )
        for group in segmenting.table(reads).groups
    )
    head = (phrase("Group"), phrase("Strategy"), phrase("Tools"), phrase("Cadence, days"))
    return (TableBlock(head, rows, widths=(3, 6, 5, 3)),)


def _man(reads: Reads) -> tuple[Block, ...]:
    found = segmenting.table(reads).coefficients
    rows = tuple((letters, str(number)) for letters, number in sorted(found.items(), key=lambda one: one[1]))
    return (TableBlock((phrase("Answers (small letter: no)"), phrase("Difficulty")), rows, right=(1,), widths=(3, 1)),)


def _score(reads: Reads) -> tuple[Block, ...]:
    given, shares = figures.weights(reads), scoring.table().shares
    rows = tuple(
        (
            _(name),
            *(f"{given[purpose].of(line):g}" for purpose in PURPOSES),
            figures.percent(shares[line][1]),
        )
        for line, name in LINES.items()
    )
    head = (phrase("Line"), *(phrase(name) for name in PURPOSES.values()), phrase("Grows with value by"))
    return (TableBlock(head, rows, right=(1, 2, 3, 4), widths=(3, 2, 2, 2, 3)),)


def _churn(_reads: Reads) -> tuple[Block, ...]:
    named = {**SIGNALS, **MORE_SIGNALS}
    found = sorted(scoring.table().signals.items(), key=lambda one: -one[1].weight)
    rows = tuple((_(named[name]), f"{signal.weight:.2f}") for name, signal in found)
    return (TableBlock((phrase("Signal"), phrase("Weight at most")), rows, right=(1,), widths=(4, 1)),)


def _gifts(_reads: Reads) -> tuple[Block, ...]:
    return _points(figures.limits())


_TABLES: dict[str, Callable[[Reads], tuple[Block, ...]]] = {
    "tiers": _tiers,
    "groups": _groups,
    "man": _man,
    "score": _score,
    "churn": _churn,
    "gifts": _gifts,
}
