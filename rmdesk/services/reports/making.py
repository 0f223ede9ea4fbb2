"""Makes a report of any kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rmdesk.services.brief.document import document_of
from rmdesk.services.reports.book import ALL, Choice, book
from rmdesk.services.reports.briefs import Fit, briefs
from rmdesk.services.reports.monthly import monthly
from rmdesk.services.reports.parts import Kind, Report
from rmdesk.services.reports.team import team
from rmdesk.services.reports.weekly import weekly
from rmdesk.services.store.reads import Reads

MAKERS: dict[Kind, Callable[[Reads, date, date], Report]] = {
    Kind.WEEKLY: weekly,
    Kind.MONTHLY: monthly,
    Kind.TEAM: team,
}


def report(reads: Reads, kind: Kind, first: date, last: date, choice: Choice = ALL, fit: Fit = document_of) -> Report:
    """The report of this kind of these days; `choice` is for a book, `fit` for briefs."""
    if kind is Kind.BOOK:
        return book(reads, first, last, choice)
    if kind is Kind.BRIEFS:
        return briefs(reads, first, last, fit)
    return MAKERS[kind](reads, first, last)
