"""Reads the chain of reviews and looks whether anybody tampered with it, or with what it seals."""

from __future__ import annotations

from rmdesk.base.record import record
from rmdesk.models.kinds import REVIEWED, SEALING
from rmdesk.services.store import sealed
from rmdesk.services.store.reads import Reads
from rmdesk.services.team import seal, words
from rmdesk.services.team.seal import Broken, Entry

_ENTRIES = """
SELECT client_id, id, entity, entity_id, verdict, comment, tag, by, at, rev_reviewed, content_hash, before_hash, hash
FROM review ORDER BY at, id
"""
# Reviews that this desk itself put on record and did not take back; not of clients who have left or were erased.
_WRITTEN = """
SELECT entity_id FROM change WHERE entity = 'review' AND client_id IN (SELECT id FROM client)
  AND (before IS NOT NULL OR after IS NOT NULL)
GROUP BY entity_id HAVING sum(CASE WHEN before IS NULL THEN 1 WHEN after IS NULL THEN -1 ELSE 0 END) > 0
"""


@record
class Checked:
    """What a look at all reviews found: how many there are, in how many chains, the first bad one.

    `changed` are sealed records that are not as they were when they were approved, as (entity, id): an edit that was
    under way before the approval came, or somebody who wrote into the file.
    """

    reviews: int
    chains: int
    broken: Broken | None
    changed: tuple[tuple[str, str], ...]


def entries(reads: Reads) -> list[Entry]:
    """All reviews as they are hashed."""
    return [Entry((row[0], row[7]), *row[1:]) for page in reads.pages(_ENTRIES) for row in page]


def check(reads: Reads) -> Checked:
    """Look at every review and at every sealed record."""
    found = entries(reads)
    written = [row[0] for page in reads.pages(_WRITTEN) for row in page]
    last = words.last_words(reads)
    changed = []
    for entity in REVIEWED:
        keys = {key: word.content_hash for (of, key), word in last.items() if of == entity and word.word in SEALING}
        now = sealed.contents_of(reads, entity, keys)
        changed += [(entity, key) for key, seen in sorted(keys.items()) if now.get(key) != seen]
    chains = len({one.chain for one in found})
    return Checked(len(found), chains, seal.verify(found, written), tuple(changed))
