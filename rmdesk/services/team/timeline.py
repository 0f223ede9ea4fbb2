"""What the timeline of a client tells of reviews and addenda: what the lead said, and what was added afterwards."""

from __future__ import annotations

from datetime import date

from rmdesk.base.text import N_, phrase
from rmdesk.models.kinds import ClientId, Word
from rmdesk.services.desk_user import named
from rmdesk.services.events import Event, EventKind
from rmdesk.services.store.reads import Reads
from rmdesk.services.team.words import moment

WORDS: dict[str, str] = {
    Word.APPROVED: N_("Review: passed"),
    Word.RETURNED: N_("Review: given back"),
    Word.DISCUSS: N_("Review: to be talked about"),
    Word.EXEMPLARY: N_("Review: marked as an example"),
}
_SAID = """
SELECT * FROM (
    SELECT at, verdict, comment, by FROM review WHERE client_id = :client
    UNION ALL SELECT at, '', text, by FROM addendum WHERE client_id = :client
) WHERE :before IS NULL OR at < :before ORDER BY at DESC LIMIT :limit
"""


def events_of(reads: Reads, client: ClientId, limit: int, before: date | None = None) -> list[Event]:
    """Reviews and addenda on a client's records, newest first."""
    told = {"client": client, "limit": limit, "before": None if before is None else before.isoformat()}
    found = []
    for at, word, text, by in reads.rows(_SAID, told):
        title = phrase(WORDS.get(word, WORDS[Word.DISCUSS])) if word else phrase("Addendum")
        said = " · ".join(part for part in (text or "", named(reads, by)) if part)
        found.append(Event(moment(at).date(), EventKind.REVIEW, title, said))
    return found
