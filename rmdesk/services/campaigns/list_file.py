"""The target list as rows of a file: who, in which order, why, and what came of it so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rmdesk.base.money import Money
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import RecordId
from rmdesk.services.campaigns.queries import targets
from rmdesk.services.campaigns.rows import TargetRow
from rmdesk.services.campaigns.words import OUTCOMES
from rmdesk.services.exports.cells import Cell
from rmdesk.services.exports.sheets import sheet
from rmdesk.services.segments.assets import portfolio_currency
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.door import Make
    from rmdesk.services.exports.rules import Mark

TARGETS = "targets"  # what goes out, as services/exports has it
TITLES = (
    N_("Order to call"), N_("Client number"), N_("Client"), N_("Tier"), N_("Group"), N_("Why"), N_("Tries"),
    N_("Last outcome"), N_("Last tried on"), N_("Amount bought"),
)  # fmt: skip


def as_made(campaign: RecordId, form: str) -> Make:
    """What makes the file of a campaign's list, xlsx or csv, for services/exports. Without phone numbers: whoever
    calls looks into the client's file, where each look is put on record."""

    def make(reads: Reads, mark: Mark, progress: Progress) -> tuple[bytes, int]:
        rows = targets(reads, campaign)
        titles = [_(title) for title in TITLES]
        cells = _cells(rows, portfolio_currency(reads))
        return sheet(form, titles, cells, len(rows), mark, progress, name=_("Target list")), len(rows)

    return make


def _cells(rows: Sequence[TargetRow], currency: str) -> Iterator[list[Cell]]:
    for row in rows:
        why = row.why.said if row.why else " · ".join(f"{name} {points:+.0f}" for name, points in row.lines)
        yield [
            row.place,
            row.number,
            row.name,
            row.tier.value if row.tier else None,
            row.group,
            why,
            row.tries,
            _(OUTCOMES[row.last]) if row.last else None,
            row.last_on,
            None if row.sold_minor is None else Money(row.sold_minor, currency).amount,
        ]
