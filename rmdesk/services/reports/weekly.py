"""The manager's week: what was done, what is due next, who slips."""

from __future__ import annotations

from collections import Counter
from datetime import date

from rmdesk.base import clock
from rmdesk.base.money import Money
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import VisitState
from rmdesk.services.clients.total import Total, total
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.reports import ahead, done, fair, words
from rmdesk.services.reports.moves import moves
from rmdesk.services.reports.parts import Cell, Figure, Form, Kind, Part, Report
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.coverage import coverage


def weekly(reads: Reads, first: date, last: date, day: date | None = None) -> Report:
    """The report of these days. What is overdue or warned of stands as of the last of them, or today if earlier."""
    today = day or clock.today()
    seen, whole = min(last, today), total(reads)
    parts = happened(reads, first, last, today)
    cover = coverage(reads, seen)
    parts += (
        ahead.due(reads, last), ahead.overdue(reads, cover, whole.currency), ahead.warnings(reads, seen),
        fair.honesty(reads, seen), moves(reads, last),
    )  # fmt: skip
    figures = (*book_figures(whole), *tallies(parts, first), Figure(phrase("Overdue clients"), cover.overdue_count))
    return Report(
        Kind.WEEKLY, phrase("Weekly work report"), first, last, today, manager_of(reads), figures, parts,
        notes(whole, last, today),
    )  # fmt: skip


def happened(reads: Reads, first: date, last: date, day: date) -> tuple[Part, ...]:
    """The tables of what was done from one day to another."""
    return (
        done.contacts(reads, first, last), done.promises(reads, first, last, day), done.complaints(reads, first, last),
        done.gifts(reads, first, last), done.journals_written(reads, first, last),
    )  # fmt: skip


def book_figures(whole: Total) -> tuple[Figure, ...]:
    """Clients and assets of the portfolio, with the day of the assets."""
    aum = None if whole.aum_minor is None else Money(whole.aum_minor, whole.currency)
    return (
        Figure(phrase("Clients"), whole.clients),
        Figure(phrase("AUM"), aum, Form.MONEY),
        Figure(phrase("AUM as of"), whole.as_of, Form.DAY),
    )


def tallies(parts: tuple[Part, ...], first: date) -> tuple[Figure, ...]:
    """What the tables of what was done come to."""
    of = {part.name: part for part in parts}
    held = [row for row in of["contacts"].rows if _message(row[5]) == words.STATES[VisitState.HELD]]
    kept = Counter(_message(row[4]) for row in of["promises"].rows)
    return (
        Figure(phrase("Contacts"), len(held)),
        Figure(phrase("Clients reached"), len({getattr(row[1], "client", None) for row in held})),
        Figure(phrase("Promises kept"), kept[words.KEPT] + kept[words.LATE]),
        Figure(phrase("Promises not kept"), kept[words.BROKEN]),
        Figure(phrase("Complaints received"), sum(_since(row[0], first) for row in of["complaints"].rows)),
        Figure(phrase("Gifts given"), len(of["gifts"].rows)),
        Figure(phrase("Journals"), len(of["journals"].rows)),
    )


def notes(whole: Total, last: date, today: date) -> tuple[Phrase, ...]:
    """What the reader has to know of the figures."""
    found = []
    if last > today:
        found.append(phrase("The days after {day} are still to come.", day=today))
    if whole.as_of is None:
        found.append(phrase("No export of the bank was taken in yet: assets and tiers are unknown."))
    elif whole.as_of < last:
        found.append(phrase("Assets and tiers are as of {day}, the last export of the bank.", day=whole.as_of))
    return (*found, phrase("A dash stands for what is not known."))


def _since(cell: Cell, first: date) -> bool:
    return isinstance(cell, date) and cell >= first


def _message(cell: Cell) -> str:
    return cell.message if isinstance(cell, Phrase) else ""
