"""Reads what was said of records: reviews, addenda, and whether a word still stands for what is there now."""

from __future__ import annotations

from datetime import datetime

from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId
from rmdesk.services.desk_user import named
from rmdesk.services.store.reads import Reads, Row
from rmdesk.services.team.rows import AddendumRow, ReviewRow

Key = tuple[str, str]  # entity and id

_REVIEWS = """
SELECT r.id, r.entity, r.entity_id, r.client_id, c.name, r.verdict, r.comment, r.tag, r.by, r.at,
       EXISTS (SELECT 1 FROM sync_record s WHERE s.entity = 'review' AND s.entity_id = r.id
               AND (s.rev > 0 OR s.sent IS NOT NULL)), r.rowid
FROM review r JOIN client c ON c.id = r.client_id
"""


@record
class Last:
    """The last word on a record: what was seen then, when, and when something was added last."""

    word: str
    at: str
    content_hash: str
    added_at: str = ""


def last_words(reads: Reads) -> dict[Key, Last]:
    """The last word on every record that was reviewed."""
    added = {(row[0], row[1]): row[2] for row in reads.rows(
        "SELECT entity, entity_id, max(at) FROM addendum GROUP BY entity, entity_id LIMIT 100000"
    )}  # fmt: skip
    found: dict[Key, Last] = {}
    for page in reads.pages("SELECT entity, entity_id, verdict, at, content_hash FROM review ORDER BY at, id"):
        for entity, key, word, at, content in page:
            found[entity, key] = Last(word, at, content, added.get((entity, key), ""))
    return found


def reviews_of(reads: Reads, entity: str, entity_id: str) -> tuple[ReviewRow, ...]:
    """What was said of a record, the last word first."""
    rows = reads.rows(f"{_REVIEWS} WHERE r.entity = ? AND r.entity_id = ? ORDER BY r.at DESC, r.id DESC LIMIT 100",
                      (entity, entity_id))  # fmt: skip
    return tuple(review(reads, row) for row in rows)


def reviews_by(reads: Reads, signs: str, limit: int = 500) -> tuple[ReviewRow, ...]:
    """What somebody said, the last word first."""
    rows = reads.rows(f"{_REVIEWS} WHERE r.by = ? ORDER BY r.at DESC, r.id DESC LIMIT ?", (signs, limit))
    return tuple(review(reads, row) for row in rows)


def addenda_of(reads: Reads, entity: str, entity_id: str) -> tuple[AddendumRow, ...]:
    """What was added to a record, in the order in which it was."""
    rows = reads.rows(
        "SELECT id, text, by, at FROM addendum WHERE entity = ? AND entity_id = ? ORDER BY at, id LIMIT 200",
        (entity, entity_id),
    )
    return tuple(AddendumRow(row[0], row[1], named(reads, row[2]), moment(row[3])) for row in rows)


def review(reads: Reads, row: Row) -> ReviewRow:
    """A row of `_REVIEWS`."""
    return ReviewRow(
        row[11], row[0], row[1], row[2], ClientId(row[3]), row[4], row[5], row[6] or "", row[7] or "",
        named(reads, row[8]), moment(row[9]), bool(row[10]),
    )  # fmt: skip


def moment(written: str) -> datetime:
    """An instant as the desk's own time."""
    return datetime.fromisoformat(written).astimezone()
