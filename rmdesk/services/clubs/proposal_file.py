"""What a half-year proposes as rows of a file: for the round in which manager and lead decide."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from rmdesk.base.money import Money
from rmdesk.base.text import N_, _
from rmdesk.services.clubs.queries import Proposals, proposals
from rmdesk.services.clubs.words import DECISIONS, PROPOSALS, STATES
from rmdesk.services.exports.cells import Cell
from rmdesk.services.exports.sheets import sheet
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.door import Make
    from rmdesk.services.exports.rules import Mark

PROPOSED = "club_proposals"  # what goes out, as services/exports has it
TITLES = (
    N_("Client number"), N_("Client"), N_("Club member"), N_("Proposal"), N_("Mean so far"), N_("Needed mean"),
    N_("Last month"), N_("Currency"), N_("Days known"), N_("Why"), N_("Decided"), N_("The lead's word"),
)  # fmt: skip


def as_made(form: str) -> Make:
    """What makes the file of the half-year to look at today, xlsx or csv, for services/exports."""

    def make(reads: Reads, mark: Mark, progress: Progress) -> tuple[bytes, int]:
        found = proposals(reads)
        titles = [_(title) for title in TITLES]
        return sheet(form, titles, _cells(found), len(found.rows), mark, progress, name=found.half.code), len(
            found.rows
        )

    return make


def _cells(found: Proposals) -> Iterator[list[Cell]]:
    for row in found.rows:
        term = row.decided
        yield [
            row.number, row.name, _("member") if row.member else None,
            None if row.proposal is None else _(PROPOSALS[row.proposal]), _amount(row.mean_minor, row.currency),
            _amount(row.needed_minor, row.currency), _amount(row.level_minor, row.currency), row.currency,
            row.known_days, " ".join(reason.said for reason in row.why),
            None if term is None else _(DECISIONS[term.decision]), None if term is None else _(STATES[term.state]),
        ]  # fmt: skip


def _amount(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else Money(minor, currency).amount
