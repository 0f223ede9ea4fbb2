"""The parts that a document is made of.

Texts are plain strings (what somebody wrote) or ours, Phrases and Words, put into a language when the document is
drawn. `kind` is the meaning that a colour may carry beside the words: plain, value, overdue, occasion, risk,
opportunity, good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.charts.kinds import Chart
from rmdesk.services.charts.kinds import facts as told_by


class Spoken(Protocol):
    """A text of ours: a Phrase, or Words of a rule book."""

    @property
    def said(self) -> str:
        """The text in the language in use."""


Text = str | Spoken


@dataclass(frozen=True, slots=True)
class Title:
    """The head of a document, with one quieter line below it."""

    text: Text
    about: Text = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section; `note` stands small beside it."""

    text: Text
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line ends are kept."""

    text: Text
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, in so many columns of pairs; a value without text shows a dash."""

    pairs: tuple[tuple[Text, Text], ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: `lead` is its day or place, `tail` a figure at its end."""

    text: Text
    lead: Text = ""
    kind: str = "plain"
    tail: Text = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A list; `cut` lines were left out for want of room, which is said at its end."""

    items: tuple[Line, ...]
    cut: int = 0


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Rows under a head; the columns numbered in `right` are aligned to the right.

    `widths` are shares of the width, one for each column; without them the texts decide.
    """

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    right: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type; with a kind, a warning on a ground of its colour."""

    text: Text
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Columns:
    """Two stacks of blocks side by side."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a page of its own; on the screen there is none."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart across the page, so many units of type high."""

    chart: Chart
    height: int = 150


Block = Break | Picture | Title | Heading | Paragraph | Facts | Lines | TableBlock | Note | Columns


@dataclass(frozen=True, slots=True)
class Document:
    """What can be read, printed and saved.

    `name` says what kind of document it is ("Visit brief"), never whose: it becomes the proposed file name and stands
    in the change record. `manager` and `day` stand in the margins of every page, and, unless it is meant for outside,
    that it is confidential.
    """

    name: Phrase
    blocks: tuple[Block, ...]
    day: date
    manager: str = ""
    client: ClientId | None = None
    confidential: bool = True


def said(text: Text) -> str:
    """A text in the language in use."""
    return text if isinstance(text, str) else text.said


def charts_of(blocks: tuple[Block, ...]) -> Iterator[Chart]:
    """Every chart of the blocks, in their order."""
    for block in blocks:
        if isinstance(block, Columns):
            yield from charts_of(block.left + block.right)
        elif isinstance(block, Picture):
            yield block.chart


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every text of the blocks, in the language in use."""
    for block in blocks:
        match block:
            case Title():
                yield from (said(block.text), said(block.about))
            case Heading():
                yield from (said(block.text), said(block.note))
            case Paragraph() | Note():
                yield said(block.text)
            case Facts():
                yield from (said(part) for pair in block.pairs for part in pair)
            case Lines():
                yield from (said(part) for line in block.items for part in (line.lead, line.text, line.tail))
            case TableBlock():
                yield from (said(cell) for row in (block.head, *block.rows) for cell in row)
            case Picture():
                yield block.chart.title
                yield from (text for text, _pick in told_by(block.chart))
            case Columns():
                yield from texts(block.left)
                yield from texts(block.right)
