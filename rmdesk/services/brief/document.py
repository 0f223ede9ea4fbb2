"""The brief as a document, and as plain data for scripts."""

from __future__ import annotations

from typing import Any

from rmdesk.base.text import phrase
from rmdesk.services.brief import rules
from rmdesk.services.brief.queries import Brief
from rmdesk.services.brief.rules import Section
from rmdesk.services.documents import Block, Columns, Document, Facts, Heading, Lines, Note, Paragraph, Title
from rmdesk.services.documents.blocks import said

BETWEEN = " · "


def document_of(brief: Brief, rows: int | None = None) -> Document:
    """The brief with at most `rows` rows in each column; None: as many as a page of A4 holds by the rule book."""
    room = rules.number("page", "rows") if rows is None else rows
    warnings = [Note(text, "risk") for text in ((brief.stop,) if brief.stop else ()) + brief.notes]
    return Document(
        name=phrase("Visit brief"),
        blocks=(
            Title(brief.name, BETWEEN.join(said(part) for part in brief.about)),
            *warnings,
            Facts(brief.facts),
            Columns(_column(rules.fitted(brief.left, room)), _column(rules.fitted(brief.right, room))),
        ),
        day=brief.day,
        manager=brief.manager,
        client=brief.client,
    )


def plain(brief: Brief) -> dict[str, Any]:
    """The whole brief: {"client", "name", "date", "facts": {…}, "sections": [{"name", "title", "lines", "more"}]}."""
    return {
        "client": brief.client,
        "name": brief.name,
        "date": brief.day.isoformat(),
        "about": [said(part) for part in brief.about],
        "stop": None if brief.stop is None else brief.stop.said,
        "notes": [note.said for note in brief.notes],
        "facts": {label.said: said(value) or None for label, value in brief.facts},
        "sections": [_plain(rules.trimmed(section)) for section in brief.sections if section.items],
    }


def _plain(section: Section) -> dict[str, Any]:
    return {
        "name": section.name,
        "title": section.title.said,
        "lines": [
            {"lead": said(one.lead) or None, "text": said(one.text), "value": said(one.tail) or None, "kind": one.kind}
            for one in section.items
        ],
        "more": section.cut,
    }


def _column(sections: tuple[Section, ...]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for section in sections:
        if not section.shown:
            continue
        blocks.append(Heading(section.title))
        if section.items or section.cut:
            blocks.append(Lines(section.items, section.cut))
        elif section.empty is not None:
            blocks.append(Paragraph(section.empty, soft=True))
    return tuple(blocks)
