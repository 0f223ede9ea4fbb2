"""What the team lead gave back, or wants to talk about: to be dealt with today, until it is changed or added to."""

from __future__ import annotations

from datetime import date, datetime

from rmdesk.base.record import record
from rmdesk.models.kinds import ClientId, Word
from rmdesk.services.desk_user import named
from rmdesk.services.store import sealed
from rmdesk.services.store.reads import Reads


@record
class Returned:
    """A record of mine that the lead gave back, or wants to talk about, and that was not changed since."""

    entity: str
    id: str
    client: ClientId
    client_name: str
    on: date
    word: str
    comment: str
    tag: str
    by: str  # a name
    at: datetime


# The last word on a record of a book that this desk writes, after which nothing was added.
_LAST = f"""
SELECT r.entity, r.entity_id, r.client_id, c.name, coalesce(v."on", g.given_on, k0.received_on, substr(r.at, 1, 10)),
       r.verdict, r.comment, r.tag, r.by, r.at, r.content_hash
FROM review r JOIN client c ON c.id = r.client_id
LEFT JOIN visit v ON r.entity = 'visit' AND v.id = r.entity_id
LEFT JOIN gift g ON r.entity = 'gift' AND g.id = r.entity_id
LEFT JOIN complaint k0 ON r.entity = 'complaint' AND k0.id = r.entity_id
LEFT JOIN sync_client k ON k.client_id = c.id LEFT JOIN sync_scope s ON s.id = 'book:' || k.book
WHERE r.verdict IN ('{Word.RETURNED}', '{Word.DISCUSS}')
  AND (s.write OR NOT (SELECT joined FROM sync_control))
  AND NOT EXISTS (SELECT 1 FROM review n WHERE n.entity = r.entity AND n.entity_id = r.entity_id
                  AND (n.at > r.at OR (n.at = r.at AND n.id > r.id)))
  AND NOT EXISTS (SELECT 1 FROM addendum a WHERE a.entity = r.entity AND a.entity_id = r.entity_id AND a.at > r.at)
ORDER BY r.at DESC, r.id LIMIT 200
"""


def returned(reads: Reads) -> tuple[Returned, ...]:
    """Records that came back to whoever sits here, the newest word first.

    One that was changed, or added to, since is not among them: it waits for the lead again.
    """
    rows = reads.rows(_LAST)
    now = {
        entity: sealed.contents_of(reads, entity, [row[1] for row in rows if row[0] == entity])
        for entity in {row[0] for row in rows}
    }
    return tuple(
        Returned(
            row[0], row[1], ClientId(row[2]), row[3], date.fromisoformat(row[4]), row[5], row[6] or "", row[7] or "",
            named(reads, row[8]), datetime.fromisoformat(row[9]).astimezone(),
        )
        for row in rows
        if now[row[0]].get(row[1]) == row[10]
    )  # fmt: skip
