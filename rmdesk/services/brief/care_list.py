"""The day's care list as a document: whom, why, what next, with room to tick off."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import Lane, Purpose
from rmdesk.services.care import queries as care
from rmdesk.services.care.rows import CareItem
from rmdesk.services.care.words import Compact
from rmdesk.services.documents import Block, Document, Heading, Note, TableBlock, Title
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.store.reads import Reads

LANES: dict[Lane, Phrase] = {
    Lane.MUST: phrase("Must do"),
    Lane.PRIORITY: phrase("Priority"),
    Lane.SILENT_LOYAL: phrase("Silent and loyal"),
    Lane.OPPORTUNITY: phrase("Opportunity"),
    Lane.INCOMPLETE: phrase("Data missing"),
}
HEAD = (phrase("Rank"), phrase("Name"), phrase("AUM"), phrase("Score"), phrase("Why and what next"))
TICK = "□"


def care_list(reads: Reads, purpose: Purpose = Purpose.MAINTAIN, day: date | None = None) -> Document:
    """The list as Today shows it, lane by lane; clients done or put off are not on it."""
    today = day or clock.today()
    made = care.care_day(reads, purpose, today)
    about = phrase("{day} · {count} waiting · {done} done", day=today, count=made.waiting, done=made.done)
    blocks: list[Block] = [Title(phrase("Care priorities of today"), about)]
    blocks += [Note(note) for note in made.notes]
    for lane in Lane:
        items = [item for item in made.items if item.lane is lane]
        if items:
            rows = tuple(_row(item) for item in items)
            blocks += [Heading(LANES[lane]), TableBlock(HEAD, rows, right=(2, 3), widths=(9, 16, 14, 9, 52))]
    if not made.items:
        blocks.append(Note(phrase("Everything on today's list is done.")))
    return Document(phrase("Care list"), tuple(blocks), today, manager_of(reads))


def _row(item: CareItem) -> tuple[str, str, str, str, str]:
    worth = "" if item.aum_minor is None else str(Compact(item.aum_minor, item.currency))
    why = "; ".join(reason.text.said for reason in item.reasons)
    return f"{TICK} {item.rank}", item.name, worth, f"{item.score:.1f}", f"{why}\n→ {item.action.text.said}"
