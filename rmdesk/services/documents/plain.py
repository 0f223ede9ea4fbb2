"""A document as plain lines: for the terminal and the clipboard."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from rmdesk.services.charts.kinds import facts
from rmdesk.services.documents import words
from rmdesk.services.documents.blocks import (
    Block,
    Break,
    Columns,
    Document,
    Facts,
    Heading,
    Line,
    Lines,
    Note,
    Paragraph,
    Picture,
    TableBlock,
    Title,
    said,
)


def lines(document: Document) -> Iterator[str]:
    """The document line by line, in the language in use; sections are parted by an empty line."""
    yield from _blocks(document.blocks)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for at, block in enumerate(blocks):
        if at and isinstance(block, Heading | Title | Columns | Picture):
            yield ""
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield said(block.text)
            if said(block.about):
                yield said(block.about)
        case Heading():
            note = said(block.note)
            yield f"{said(block.text)} ({note})" if note else said(block.text)
        case Paragraph() | Note():
            yield from said(block.text).split("\n")
        case Facts():
            for label, value in block.pairs:
                yield f"{said(label)}  {said(value) or words.UNKNOWN}"
        case Lines():
            for line in block.items:
                yield _line(line)
            if block.cut:
                yield f"  {words.more(block.cut)}"
        case TableBlock():
            yield from _table(block)
        case Picture():
            yield block.chart.title
            yield from (f"- {text}" for text, _pick in facts(block.chart))
        case Break():
            yield ""
        case Columns():
            yield from _blocks(block.left)
            yield ""
            yield from _blocks(block.right)


def _line(line: Line) -> str:
    parts = (said(line.lead), " ".join(said(line.text).split("\n")), said(line.tail))
    return "- " + "  ".join(part for part in parts if part)


def _table(block: TableBlock) -> Iterator[str]:
    rows = [[" ".join(said(cell).split("\n")) for cell in row] for row in (block.head, *block.rows)]
    wide = [max(_width(row[at]) for row in rows) for at in range(len(block.head))]
    for row in rows:
        cells = []
        for at, cell in enumerate(row):
            gap = " " * (wide[at] - _width(cell))
            cells.append(gap + cell if at in block.right else cell + gap)
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
