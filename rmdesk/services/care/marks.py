"""What was done with rows of the list on a day."""

from __future__ import annotations

from datetime import date

from rmdesk.models.kinds import CareMarkKind, ClientId, RecordId
from rmdesk.services.care.rows import MarkRow
from rmdesk.services.store.reads import Reads

REASONS = 8


def reasons_used(reads: Reads) -> tuple[str, ...]:
    """Why clients were put off before, the most frequent reason first, the last one used first among equals."""
    rows = reads.rows(
        "SELECT reason FROM care_mark WHERE kind = 'snoozed' AND reason IS NOT NULL "
        "GROUP BY reason ORDER BY count(*) DESC, max(id) DESC LIMIT ?",
        (REASONS,),
    )
    return tuple(row[0] for row in rows)


def of(reads: Reads, day: date) -> tuple[MarkRow, ...]:
    """Whom the manager marked done on this day, and who is put off beyond it; the newest first."""
    found = reads.rows(
        """
        SELECT m.id, m.client_id, c.name, m.kind, m.until, m.reason
        FROM (SELECT *, max(id) FROM care_mark WHERE "on" <= :day GROUP BY client_id) m
        JOIN client c ON c.id = m.client_id
        WHERE (m.kind = 'done' AND m."on" = :day) OR (m.kind = 'snoozed' AND m.until > :day)
        ORDER BY m.id DESC
        """,
        {"day": day.isoformat()},
    )
    return tuple(
        MarkRow(
            id=RecordId(row[0]),
            client=ClientId(row[1]),
            name=row[2],
            kind=CareMarkKind(row[3]),
            until=None if row[4] is None else date.fromisoformat(row[4]),
            reason=row[5],
        )
        for row in found
    )
