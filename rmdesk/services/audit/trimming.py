"""Taking away the oldest entries of the audit log, their time being over: an entry that stays names what went."""

from __future__ import annotations

from datetime import date

from rmdesk.models.kinds import Topic
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork

# Only from the front, up to the first that is younger: a clock that was set back must not tear a hole.
_OLDEST = "SELECT min(seq) FROM audit_entry WHERE substr(at, 1, 10) >= ?"
_LAST = "SELECT seq, hash FROM audit_entry WHERE seq < ? ORDER BY seq DESC LIMIT 1"


def due(reads: Reads, before: date) -> int:
    """How many entries are older than a day."""
    end = _end(reads, before)
    return 0 if end is None else int(reads.value("SELECT count(*) FROM audit_entry WHERE seq <= ?", (end[0],)))


def trim(work: UnitOfWork, before: date) -> int:
    """Remove the entries older than a day; gives how many."""
    end, count = _end(work, before), due(work, before)
    if end is None:
        return 0
    note(work, Act.TRIM, facts={"upto": end[0], "hash": end[1], "rows": count})
    work.bulk("DELETE FROM audit_entry WHERE seq <= ?", (end[0],), topics={Topic.AUDIT})
    return count


def _end(reads: Reads, before: date) -> tuple[int, str] | None:
    stays = reads.value(_OLDEST, (before.isoformat(),))
    found = reads.one(_LAST, (1 << 60 if stays is None else stays,))
    return None if found is None else (int(found[0]), str(found[1]))
