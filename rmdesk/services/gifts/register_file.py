"""The register as rows of a file: what an auditor asks for, in words, one gift a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rmdesk.base.money import Money
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ApprovalState
from rmdesk.services.exports.cells import Cell
from rmdesk.services.exports.sheets import sheet
from rmdesk.services.gifts import tables
from rmdesk.services.gifts.queries import GiftFilter, GiftRow, approvals_of, register
from rmdesk.services.gifts.timeline import STATES
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.door import Make
    from rmdesk.services.exports.rules import Mark

GIFTS = "gifts"  # what goes out, as services/exports has it

TITLES = (
    N_("Day"), N_("Client"), N_("Recipient"), N_("Gift"), N_("Kind"), N_("Cost"), N_("Currency"), N_("State"),
    N_("Occasion"), N_("Why this gift"), N_("Planned for"), N_("Bought on"), N_("Given on"), N_("Returned on"),
    N_("Breach"), N_("Requests and answers"), N_("Reaction"), N_("Liked, 1 to 5"),
)  # fmt: skip

ANSWERS: dict[ApprovalState, str] = {
    ApprovalState.ASKED: N_("asked"),
    ApprovalState.APPROVED: N_("approved"),
    ApprovalState.REFUSED: N_("refused"),
    ApprovalState.REVOKED: N_("taken back"),
}


def as_made(chosen: GiftFilter, form: str) -> Make:
    """What makes the file of the gifts of a filter, xlsx or csv, for services/exports."""

    def make(reads: Reads, mark: Mark, progress: Progress) -> tuple[bytes, int]:
        rows = register(reads, chosen, most=1_000_000)
        titles = [_(title) for title in TITLES]
        return sheet(form, titles, _cells(reads, rows), len(rows), mark, progress, name=_("Gifts")), len(rows)

    return make


def _cells(reads: Reads, rows: Sequence[GiftRow]) -> Iterator[list[Cell]]:
    for row in rows:
        kind = tables.categories().get(row.category or "")
        yield [
            row.on,
            row.client_name,
            row.recipient_name,
            row.title,
            kind.said if kind is not None else None,
            None if row.cost_minor is None else Money(row.cost_minor, row.currency or row.home).amount,
            row.currency,
            _(STATES[row.state]),
            row.occasion,
            row.why,
            row.planned_for,
            row.bought_on,
            row.given_on,
            row.returned_on,
            row.breach.said if row.breach is not None else None,
            _requests(reads, row),
            row.reaction,
            row.liking,
        ]


def _requests(reads: Reads, row: GiftRow) -> str | None:
    """Every request with its answer, in order, as one text."""
    if row.approval is None:
        return None
    said = []
    for one in reversed(approvals_of(reads, row.id)):
        answer = f" → {_(ANSWERS[one.state])} {one.decided_on} {one.decided_by}" if one.decided_on is not None else ""
        comment = f" ({one.comment})" if one.comment else ""
        said.append(f"{one.asked_on} {one.asked_by}: {one.reason}{answer}{comment}")
    return "\n".join(said)
