"""The file of a client as a document: what the tabs show, one after the other."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock, money
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.brief import sections
from rmdesk.services.brief.document import BETWEEN
from rmdesk.services.brief.queries import Brief, brief_of
from rmdesk.services.brief.rules import Section
from rmdesk.services.care.words import kind_name
from rmdesk.services.clients.queries import header_of
from rmdesk.services.documents import (
    Block,
    Document,
    Facts,
    Heading,
    Line,
    Lines,
    Note,
    Paragraph,
    TableBlock,
    Title,
)
from rmdesk.services.documents.blocks import said
from rmdesk.services.holdings import queries as holdings
from rmdesk.services.profile import queries as profile
from rmdesk.services.rulebook import book, words
from rmdesk.services.store.reads import Reads
from rmdesk.services.sync.beside import unmerged

VISITS = 40  # the newest ones; the count of the others is said


def client_file(reads: Reads, client: ClientId, day: date | None = None) -> Document:
    """All that is on file about a client. Numbers stay masked. Refused when there is no such client."""
    today = day or clock.today()
    brief = brief_of(reads, client, today)
    header = header_of(reads, brief.client, today)
    blocks: list[Block] = [
        Title(brief.name, BETWEEN.join(said(part) for part in brief.about)),
        *(Note(text, "risk") for text in ((brief.stop,) if brief.stop else ()) + brief.notes),
        Facts((*brief.facts, (phrase("Client number"), header.number), (phrase("ID document"), header.document))),
    ]
    if header.note:
        blocks += [Heading(phrase("Note")), Paragraph(header.note)]
    blocks += _profile(reads, brief, today)
    for section in brief.sections:
        if section.name not in ("visits", "maturities", "questions") and section.items:
            blocks += [Heading(section.title), Lines(section.items)]
    blocks += _holdings(reads, brief.client, today)
    blocks += _unmerged(reads, brief.client)
    blocks += _visits(sections.last_visits(reads, brief.client, today))
    return Document(phrase("Client file"), tuple(blocks), today, brief.manager, brief.client)


def _profile(reads: Reads, brief: Brief, day: date) -> list[Block]:
    """The blocks of the KYC grid that say something."""
    names = {entry["name"]: words(entry["short"]) for entry in book("profile")["completeness"]["field"]}
    filled = [one for one in profile.blocks_of(reads, brief.client, day) if one.text]
    if not filled:
        return []
    rows = tuple(
        (
            names[f"kyc.{one.area}.{one.tense}"],
            one.text,
            "" if one.confirmed_on is None else one.confirmed_on.isoformat(),
        )
        for one in filled
    )
    head = (phrase("About"), phrase("What is known"), phrase("Confirmed on"))
    return [Heading(phrase("Known of the client")), TableBlock(head, rows, widths=(18, 64, 18))]


def _holdings(reads: Reads, client: ClientId, day: date) -> list[Block]:
    rows = [
        (row.name or str(kind_name(row.kind)), _amount(row.amount_minor, row.currency), _day(row.matures_on))
        for row in holdings.holdings_of(reads, client, day)
    ]
    rows += [
        (
            f"{kind_name(row.kind)} •••• {row.number[-4:]}",
            _amount(row.balance_minor, row.currency),
            "",
        )
        for row in holdings.accounts_of(reads, client, day)
        if row.closed_on is None
    ]
    if not rows:
        return []
    head = (phrase("Holding"), phrase("Amount"), phrase("Matures"))
    return [Heading(phrase("Holdings")), TableBlock(head, tuple(rows), right=(1,), widths=(56, 26, 18))]


def _unmerged(reads: Reads, client: ClientId) -> list[Block]:
    """Open versions of what has no line of its own here; those of visits and promises stand beside them."""
    lines = [
        Line(text, "", "occasion")
        for (entity, _key), told in unmerged(reads, client).items()
        if entity not in ("visit", "promise")
        for text in told
    ]
    return [Heading(phrase("Versions nobody has settled yet")), Lines(tuple(lines))] if lines else []


def _visits(section: Section) -> list[Block]:
    if not section.items:
        return []
    left = max(0, len(section.items) - VISITS)
    return [Heading(section.title), Lines(section.items[:VISITS], left)]


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else f"{money.Money(minor, currency).amount:,f} {currency}"


def _day(on: date | None) -> str:
    return "" if on is None else on.isoformat()
