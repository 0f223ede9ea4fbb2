"""The fairness meter and the honesty of cadences as tables of a report."""

from __future__ import annotations

from datetime import date

from rmdesk.base.money import Money
from rmdesk.base.text import Phrase, phrase
from rmdesk.services.fairness import words
from rmdesk.services.fairness.capacity import capacity
from rmdesk.services.fairness.queries import meter
from rmdesk.services.reports.parts import Cell, Column, Form, Part
from rmdesk.services.store.reads import Reads


def fairness(reads: Reads, first: date, last: date) -> Part:
    """What new and existing clients got, money by kind and hours, with the existing clients' share of each."""
    found = meter(reads, first, last)

    def of(minor: int) -> Money:
        return Money(minor, found.currency)

    rows: list[tuple[Cell, ...]] = [
        (name, of(part.new), of(part.existing), part.existing_share)
        for name, part in (
            (phrase("Gifts"), found.gifts),
            (phrase("Events"), found.events),
            (phrase("Benefits"), found.benefits),
            (phrase("AUM"), found.aum),
        )
    ]
    rows += [
        (phrase("Minutes"), found.minutes.new, found.minutes.existing, found.minutes.existing_share),
        (phrase("Clients"), found.clients.new, found.clients.existing, found.clients.existing_share),
    ]
    note: Phrase | str = words.incomparable(found) or ""
    if found.ratio is not None:
        note = phrase(
            "existing clients: {ratio} of their share of AUM, should be {least} or more",
            ratio=f"{found.ratio:.2f}", least=f"{found.least:.2f}",
        )  # fmt: skip
    return Part(
        "fairness",
        phrase("Fairness"),
        (
            Column(phrase("What went to whom"), width=30), Column(phrase("New clients"), Form.MONEY, 20),
            Column(phrase("Existing clients"), Form.MONEY, 20), Column(phrase("Share of existing"), Form.SHARE, 20),
        ),
        tuple(rows),
        note=note,
    )  # fmt: skip


def honesty(reads: Reads, day: date) -> Part:
    """The contacts a working day that the cadences ask for, the pace that was measured, and what could give way."""
    found = capacity(reads, day)
    rows: list[tuple[Cell, ...]] = [
        (phrase("Contacts a working day, asked for by the cadences"), round(found.needed, 1)),
        (phrase("Contacts a working day, measured"), None if found.measured is None else round(found.measured, 1)),
    ]
    rows += [
        (phrase("Could give way: {change}", change=words.suggestion(one)), round(one.needed, 1))
        for one in found.suggestions
    ]
    return Part(
        "capacity",
        phrase("Whether the cadences can be kept"),
        (Column(phrase("Figure"), width=60), Column(phrase("Contacts a day"), Form.NUMBER, 20)),
        tuple(rows),
        note=phrase("as of {day}: {backlog}", day=day, backlog=words.backlog(found)),
    )
