"""Which help pages there are, and what stands on each: blocks of a document."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from rmdesk.base import paths
from rmdesk.base.record import record
from rmdesk.services.documents.blocks import Block, Paragraph
from rmdesk.services.guide import figures, tables
from rmdesk.services.rulebook import Words, words
from rmdesk.services.store.reads import Reads


@record
class Screen:
    """A page of the window: what it is for, and what one does there."""

    name: str
    title: Words
    about: Words
    steps: tuple[Words, ...]
    rules: tuple[str, ...]  # what decides there


@record
class Rule:
    """A rule: its sentences with placeholders; its tables are made anew from the rule books."""

    name: str
    title: Words
    text: tuple[Words, ...]
    books: tuple[str, ...]  # the rule books that it tells of
    figures: dict[str, str]  # where the figures in the sentences stand, as `figures.found` reads it


@cache
def screens() -> dict[str, Screen]:
    """The help of each page, by the name of its route."""
    return {
        one["name"]: Screen(
            one["name"],
            words(one["title"]),
            words(one["about"]),
            tuple(map(words, one["steps"])),
            tuple(one.get("rules", ())),
        )
        for one in told("screens")["screen"]
    }


@cache
def rules() -> dict[str, Rule]:
    """The help of each rule by its name, in the order of the list."""
    return {
        one["name"]: Rule(
            one["name"],
            words(one["title"]),
            tuple(map(words, one["text"])),
            tuple(one["books"]),
            one.get("figures", {}),
        )
        for one in told("rules")["rule"]
    }


def of_screen(name: str) -> tuple[Block, ...]:
    """The help of a page; KeyError when it has none."""
    screen = screens()[name]
    return (Paragraph(screen.about, soft=True), *tables.points(screen.steps))


def of_rule(reads: Reads, name: str) -> tuple[Block, ...]:
    """The help of a rule, with the numbers that hold in this profile; KeyError when there is no such rule."""
    given = figures_of(reads, name)
    said = [Paragraph(text.said.format(**given)) for text in rules()[name].text]
    table = tables.TABLES.get(name)
    return (*said, *(table(reads) if table is not None else ()))


def figures_of(reads: Reads, name: str) -> figures.Figures:
    """The figures of a rule by the names in its sentences."""
    return {**figures.of(name, reads), **figures.found(reads, rules()[name].figures)}


def told(name: str) -> dict[str, Any]:
    """A file of resources/guide as plain data."""
    with paths.resource("guide", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
