"""The register as rows of a file: what an auditor asks for, in words, one gift a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rmdesk.base.money import Money
from rmdesk.base.progress import Progress, Silent
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ApprovalState
from rmdesk.services.clients import export
from rmdesk.services.gifts import tables
from rmdesk.services.gifts.queries import GiftFilter, GiftRow, approvals_of, register
from rmdesk.services.gifts.timeline import STATES
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

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


@dataclass(frozen=True, slots=True)
class NoteRegisterExport:
    """Leaves a change record that the register was written to a file; done before it is."""

    label: ClassVar[str] = N_("Export gift register")
    count: int
    form: str  # csv, xlsx

    def apply(self, work: UnitOfWork) -> Done[int]:
        work.note("gift", "*", None, after={"exported": self.count, "form": self.form})
        return Done(self.count)


def write_file(reads: Reads, path: Path, chosen: GiftFilter, *, progress: Progress | None = None) -> int:
    """Write the gifts of a filter to a file, as XLSX or CSV by its ending; gives back how many."""
    rows = register(reads, chosen, most=1_000_000)
    titles = [_(title) for title in TITLES]
    return export.write(path, titles, _cells(reads, rows), len(rows), progress or Silent(), sheet=_("Gifts"))


def _cells(reads: Reads, rows: Sequence[GiftRow]) -> Iterator[list[export.Cell]]:
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
