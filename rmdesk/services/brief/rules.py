"""What fits on the page: which lines give way, and how many are said to be left out. Numbers: rules/brief.toml."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from rmdesk.base.text import Phrase
from rmdesk.services.documents import Line
from rmdesk.services.documents.blocks import said
from rmdesk.services.rulebook import book

HEADING = 2  # rows that a heading takes, with the gap above it
MARK = "…"
LEAD = 0.78  # of a line's width is left beside its day


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the brief. `cut` lines were left out; `empty` stands there when there are none at all."""

    name: str
    title: Phrase
    items: tuple[Line, ...]
    cut: int = 0
    empty: Phrase | None = None

    @property
    def shown(self) -> bool:
        """Whether it stands on the page."""
        return bool(self.items) or self.cut > 0 or self.empty is not None


@dataclass(frozen=True, slots=True)
class Share:
    """The room of a section: its rank in giving way, the lines that stay, the most lines."""

    rank: int
    keep: int
    most: int


@cache
def share(name: str) -> Share:
    """The room of a section, by its name."""
    entry = book("brief")["sections"][name]
    return Share(int(entry["rank"]), int(entry["keep"]), int(entry["most"]))


def number(part: str, name: str) -> int:
    """A number of the rule book, as in `number("page", "rows")` or `number("occasions", "days")`."""
    whole = book("brief")
    found = whole["page"][name] if part == "page" else whole["sections"][part][name]
    return int(found["value"] if isinstance(found, dict) else found)


def clipped(text: str, length: int) -> str:
    """The text on one line, at most so many signs, ending with a mark where it was cut."""
    whole = " ".join(text.split())
    return whole if len(whole) <= length else whole[: length - 1].rstrip() + MARK


def trimmed(section: Section) -> Section:
    """The section with no more lines than it may ever have."""
    return _shortened(section, share(section.name).most)


def fitted(sections: Sequence[Section], rows: int) -> tuple[Section, ...]:
    """The sections of one column, cut so that they take at most `rows` rows.

    Lines give way from the end of the section with the highest rank that has more than it keeps; when all are down to
    what they keep, sections of the highest rank shrink to the count of what is left out. The order stays.
    """
    parts = [trimmed(section) for section in sections]
    while sum(map(height, parts)) > rows:
        at = _gives_way(parts)
        if at is None:
            break
        parts[at] = _shortened(parts[at], len(parts[at].items) - 1)
    return tuple(parts)


def height(section: Section) -> int:
    """Rows that a section takes, none when it is not shown."""
    if not section.shown:
        return 0
    lines = sum(_rows(item) for item in section.items) or int(section.empty is not None)
    return HEADING + lines + (1 if section.cut else 0)


def _gives_way(parts: Sequence[Section]) -> int | None:
    for floor in (None, 0):
        able = [
            at for at, part in enumerate(parts) if len(part.items) > (share(part.name).keep if floor is None else floor)
        ]
        if able:
            return max(able, key=lambda at: share(parts[at].name).rank)
    return None


def _shortened(section: Section, lines: int) -> Section:
    kept = section.items[:lines]
    return replace(section, items=kept, cut=section.cut + len(section.items) - len(kept))


def _rows(line: Line) -> int:
    columns = number("page", "columns") * (LEAD if said(line.lead) else 1) - width(said(line.tail))
    return max(1, -(-width(said(line.text)) // max(8, int(columns))))


def width(text: str) -> int:
    """Half-width columns that a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
