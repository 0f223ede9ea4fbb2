"""The brief on exactly one page: the fonts of this computer have the last word on how many lines fit."""

from __future__ import annotations

from rmdesk.models.kinds import ClientId
from rmdesk.services.brief import rules
from rmdesk.services.brief.document import document_of
from rmdesk.services.brief.queries import Brief, brief_of
from rmdesk.services.documents import Document
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.document import pages_of

LEAST = 6  # rows a column keeps whatever the fonts


def fitted(brief: Brief) -> Document:
    """The brief with as many lines as one page of A4 holds."""
    rows = rules.number("page", "rows")
    document = document_of(brief, rows)
    while rows > LEAST and pages_of(document) > 1:
        rows -= 2
        document = document_of(brief, rows)
    return document


def brief_document(reads: Reads, client: ClientId) -> Document:
    """Reads and fits a client's brief; a query, so that all of it happens on the worker."""
    return fitted(brief_of(reads, client))
