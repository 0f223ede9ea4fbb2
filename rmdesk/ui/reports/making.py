"""Makes a report and draws its charts; a query, so that all of it happens on the worker."""

from __future__ import annotations

from datetime import date

from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, Tier
from rmdesk.services.documents import Document
from rmdesk.services.reports.parts import Kind, Report
from rmdesk.services.store.reads import Reads
from rmdesk.ui.brief.fitting import fitted
from rmdesk.ui.kit import pictures
from rmdesk.ui.kit.tokens import LIGHT, Tokens


@record
class Asked:
    """Which report is wanted; without days those of the kind."""

    kind: Kind
    first: date | None = None
    last: date | None = None
    clients: tuple[ClientId, ...] = ()
    tier: Tier | None = None


@record
class Drawn:
    """A report and its document."""

    report: Report
    document: Document


def drawn(reads: Reads, asked: Asked, tokens: Tokens) -> Drawn:
    """The report that was asked for. Refused as `reports/rules.span` and the kinds refuse."""
    from rmdesk.base import clock
    from rmdesk.services.reports import making, rules
    from rmdesk.services.reports.book import Choice

    first, last = rules.span(asked.kind, clock.today(), asked.first, asked.last)
    choice = Choice(asked.clients, asked.tier)
    return _whole(making.report(reads, asked.kind, first, last, choice, fitted), tokens)


def kept(reads: Reads, report: str, tokens: Tokens) -> Drawn | None:
    """A report that was made on its day, as it was then; None when it is gone."""
    from rmdesk.services.reports import queries
    from rmdesk.services.reports.packing import unpacked

    text = queries.content(reads, report)
    return None if text is None else _whole(unpacked(text), tokens)


def _whole(report: Report, tokens: Tokens) -> Drawn:
    from rmdesk.services.reports.document import document_of

    document = document_of(report)
    for theme in {tokens, LIGHT}:  # for the screen and for paper
        pictures.prepare(document, theme)
    return Drawn(report, document)
