"""The list of guests of an event as rows of a file: for the door, the caterer, and the colleague who helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import RecordId
from rmdesk.services.exports.cells import Cell
from rmdesk.services.exports.sheets import sheet
from rmdesk.services.gatherings.queries import GuestRow, guests_of
from rmdesk.services.gatherings.timeline import said
from rmdesk.services.store.reads import Reads

if TYPE_CHECKING:
    from rmdesk.base.progress import Progress
    from rmdesk.services.exports.door import Make
    from rmdesk.services.exports.rules import Mark

GUESTS = "guests"  # what goes out, as services/exports has it
TITLES = (N_("Client"), N_("State"), N_("Invited on"), N_("Companions"), N_("Note"), N_("Follow-up"))


def as_made(event: RecordId, form: str) -> Make:
    """What makes the file of the guests of an event, xlsx or csv, for services/exports."""

    def make(reads: Reads, mark: Mark, progress: Progress) -> tuple[bytes, int]:
        rows = guests_of(reads, event)
        titles = [_(title) for title in TITLES]
        return sheet(form, titles, _cells(rows), len(rows), mark, progress, name=_("Guests")), len(rows)

    return make


def _cells(rows: Sequence[GuestRow]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [row.name, said(row.stand).said, row.invited_on, row.companions, row.note or None, row.task]
