"""What matures as rows of a file: whose, how much, when, and what is planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rmdesk.base.money import Money
from rmdesk.base.text import N_, _
from rmdesk.services.exports.cells import Cell
from rmdesk.services.exports.sheets import sheet
from rmdesk.services.products.maturities import maturing
from rmdesk.services.products.maturity_rows import MaturityRow
from rmdesk.services.products.tables import kind_name
from rmdesk.services.products.words import STATES
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.door import Make
    from rmdesk.services.exports.rules import Mark

MATURITIES = "maturities"  # what goes out, as services/exports has it
ALL = 1_000_000
TITLES = (
    N_("Client number"), N_("Client"), N_("Holding"), N_("Kind"), N_("Amount"), N_("Currency"), N_("Maturity"),
    N_("Plan"), N_("Moves to"), N_("Speak on"), N_("Note"),
)  # fmt: skip


def as_made(start: date, end: date, form: str) -> Make:
    """What makes the file of what matures from `start` to `end`, xlsx or csv, for services/exports."""

    def make(reads: Reads, mark: Mark, progress: Progress) -> tuple[bytes, int]:
        rows = maturing(reads, start, end, most=ALL).rows
        titles = [_(title) for title in TITLES]
        return sheet(form, titles, _cells(rows), len(rows), mark, progress, name=_("Maturities")), len(rows)

    return make


def _cells(rows: Sequence[MaturityRow]) -> Iterator[list[Cell]]:
    for row in rows:
        plan = row.plan
        yield [
            row.number,
            row.client_name,
            row.name,
            kind_name(row.kind),
            None if row.amount_minor is None else Money(row.amount_minor, row.currency).amount,
            row.currency,
            row.matures_on,
            _(STATES[row.state]),
            plan.product_name if plan else None,
            plan.on if plan else None,
            plan.note if plan else None,
        ]
