"""Journals of a day, a week or a month as one document."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from enum import StrEnum

from rmdesk.base.text import Phrase, phrase
from rmdesk.services.documents import Block, Document, Facts, Heading, Line, Lines, Note, Paragraph, Title
from rmdesk.services.journals import queries, rules
from rmdesk.services.journals.queries import JournalRow
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.general import USER_NAME
from rmdesk.services.store.reads import Reads


class Span(StrEnum):
    """What a roll-up covers."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def bounds(day: date, span: Span) -> tuple[date, date]:
    """The first and last day of the span around a day."""
    if span is Span.DAY:
        return day, day
    if span is Span.WEEK:
        return rules.week_of(day)
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day.replace(day=1), following - timedelta(1)


def roll_up(reads: Reads, day: date, span: Span) -> Document:
    """What was done, by which methods, for whom, and what was learnt."""
    first, last = bounds(day, span)
    found = queries.journals(reads, first, last, limit=10_000)
    blocks: list[Block] = [Title(_name(span), _days(first, last))]
    if not found:
        blocks.append(Note(phrase("No journal was written.")))
    else:
        methods = Counter(one.method for one in found)
        told = ", ".join(f"{rules.methods().get(code, code)} {count}" for code, count in methods.most_common())
        clients = {client.id for one in found for client in one.clients}
        pairs = (
            (phrase("Journals"), str(len(found))),
            (phrase("Clients"), str(len(clients))),
            (phrase("Methods"), told),
            (phrase("With insight"), str(sum(bool(one.insight) for one in found))),
        )
        blocks.append(Facts(pairs))
    for one in reversed(found):
        blocks += _journal(one)
    return Document(_name(span), tuple(blocks), last, settings.value(reads, USER_NAME))


def _journal(one: JournalRow) -> list[Block]:
    names = ", ".join(client.name for client in one.clients)
    blocks: list[Block] = [Heading(f"{one.on.isoformat()} {rules.methods().get(one.method, one.method)}", names)]
    blocks.append(Paragraph(one.content))
    lines = [
        Line(text, lead=lead, kind=kind)
        for text, lead, kind in (
            (one.insight, phrase("Insight"), "value"),
            (one.reflection, phrase("Reflection"), "opportunity"),
            ("; ".join(card.title for card in one.cards), phrase("Cards used"), "plain"),
        )
        if text
    ]
    if lines:
        blocks.append(Lines(tuple(lines)))
    return blocks


def _name(span: Span) -> Phrase:
    return {
        Span.DAY: phrase("Journal of the day"),
        Span.WEEK: phrase("Journal of the week"),
        Span.MONTH: phrase("Journal of the month"),
    }[span]


def _days(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"
