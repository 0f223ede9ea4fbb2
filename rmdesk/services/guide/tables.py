"""The tables below the sentences of a rule, made anew from the rule books and the settings in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rmdesk.base.text import N_, _, phrase
from rmdesk.models.kinds import Channel
from rmdesk.services.churn.words import SIGNALS
from rmdesk.services.documents.blocks import Block, Paragraph, TableBlock, Text
from rmdesk.services.guide import figures
from rmdesk.services.rulebook import book, words
from rmdesk.services.scoring import tables as scoring
from rmdesk.services.scoring.words import LINES, PURPOSES
from rmdesk.services.segments import settings as segmenting
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.words import CHANNELS

MORE_SIGNALS = {"watch": N_("Tier on watch"), "tenure": N_("Client for one to four years")}
NOTHING = "–"


def points(said: Iterable[Text]) -> tuple[Block, ...]:
    """A list of points, one below the other."""
    return tuple(Paragraph(phrase("• {text}", text=one)) for one in said)


def _tiers(reads: Reads) -> tuple[Block, ...]:
    table = segmenting.table(reads)
    lower = (0.0, *table.cuts)
    rows = tuple(
        (f"T{at + 1}", name, f"{lower[at]:,.0f}")
        for at, name in reversed(list(enumerate(table.tier_names)))
        if at < len(lower)
    )
    return (TableBlock((phrase("Tier"), phrase("Name"), phrase("Assets from")), rows, right=(2,), widths=(1, 3, 2)),)


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
    return points(figures.limits())


def _named(rows: Iterable[tuple[dict[str, Any], object]], head: str, figure: str) -> tuple[Block, ...]:
    """Two columns: what something is called, and its number."""
    said = tuple((words(entry.get("name", entry)), str(number)) for entry, number in rows)
    return (TableBlock((phrase(head), phrase(figure)), said, right=(1,), widths=(4, 1)),)


def _campaigns(_reads: Reads) -> tuple[Block, ...]:
    rows = tuple(
        (words(told["name"]), " ".join(told["groups"]), words(told["why"]))
        for told in book("campaigns")["purposes"].values()
    )
    head = (phrase("Purpose"), phrase("Groups that take part"), phrase("Why not the others"))
    return (TableBlock(head, rows, widths=(2, 4, 4)),)


def _response(_reads: Reads) -> tuple[Block, ...]:
    lines = sorted(book("response")["line"].values(), key=lambda one: -int(one["points"]))
    return _named(((one, f"{one['points']:+d}") for one in lines), N_("What is known"), N_("Points"))


def _gatherings(_reads: Reads) -> tuple[Block, ...]:
    kinds = book("gatherings")["kind"]
    return _named(((one, "✓" if one["marketing"] else NOTHING) for one in kinds), N_("Event"), N_("Marketing"))


def _clubs(_reads: Reads) -> tuple[Block, ...]:
    return _named(((one, f"{one['limit']:,}") for one in book("clubs")["club"]), N_("Club"), N_("Daily average from"))


def _benefits(_reads: Reads) -> tuple[Block, ...]:
    found = book("benefits")["benefit"]
    tiers = sorted({tier for one in found for tier in one["tiers"]}, reverse=True)
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (words(one["name"]), str(one["member"]), *(str(one["tiers"].get(tier, NOTHING)) for tier in tiers))
        for one in found
    )
    head = (phrase("Benefit"), phrase("Members"), *tiers)
    return (TableBlock(head, rows, right=tuple(range(1, len(head))), widths=(3, *(1 for _one in head[1:]))),)


def _points(_reads: Reads) -> tuple[Block, ...]:
    rows = tuple(
        (words(one["name"]), f"{one['per']:,}" if one["per"] else NOTHING, str(one["points"]))
        for one in book("points")["earn"]
    )
    return (TableBlock((phrase("Earned by"), phrase("For each"), phrase("Points")), rows, right=(1, 2)),)


def _credit(_reads: Reads) -> tuple[Block, ...]:
    told = book("groups")
    limits = _named(((one, f"{one['percent']} %") for one in told["limits"]), N_("Limit"), N_("At most"))
    kinds = _named(((one, f"{one['factor']} %") for one in told["kinds"].values()), N_("Exposure"), N_("Counts"))
    return (*limits, *kinds)


def _fairness(_reads: Reads) -> tuple[Block, ...]:
    minutes = book("loyalty")["time"]["minutes"]["value"]
    rows = tuple((_(CHANNELS[Channel(name)]), str(count)) for name, count in minutes.items())
    return (TableBlock((phrase("Contact"), phrase("Minutes")), rows, right=(1,), widths=(4, 1)),)


def _review(_reads: Reads) -> tuple[Block, ...]:
    lines = [one for one in book("team")["readiness"]["lines"].values() if isinstance(one, dict)]
    return _named(((one, one["weight"]) for one in lines), N_("Ready for a hand-over"), N_("Points"))


def _profile(_reads: Reads) -> tuple[Block, ...]:
    fields = [{**one, "name": one["short"]} for one in book("profile")["completeness"]["field"]]
    return _named(((one, one["weight"]) for one in fields), N_("What is asked"), N_("Weight"))


def _privacy(_reads: Reads) -> tuple[Block, ...]:
    found = book("privacy")["retentions"].values()
    rows = tuple((words(one["name"]), words(one["why"])) for one in found)
    return (TableBlock((phrase("Kept for"), phrase("Why")), rows, widths=(2, 3)),)


TABLES: dict[str, Callable[[Reads], tuple[Block, ...]]] = {
    "tiers": _tiers,
    "groups": _groups,
    "man": _man,
    "score": _score,
    "churn": _churn,
    "gifts": _gifts,
    "campaigns": _campaigns,
    "response": _response,
    "gatherings": _gatherings,
    "clubs": _clubs,
    "benefits": _benefits,
    "points": _points,
    "credit": _credit,
    "fairness": _fairness,
    "review": _review,
    "profile": _profile,
    "privacy": _privacy,
}
