"""A decision that the lead made at another desk: the gift follows it at the desk of its manager."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base.text import N_
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ApprovalState, GiftState, RecordId
from rmdesk.services.gifts import rules
from rmdesk.services.store.command import Done
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.work import UnitOfWork

# Gifts of books that this desk writes, whose newest request says something else than they do.
_BEHIND = """
SELECT g.id, a.state FROM gift g
JOIN gift_approval a ON a.id = (
    SELECT id FROM gift_approval WHERE gift_id = g.id ORDER BY asked_on DESC, id DESC LIMIT 1)
JOIN sync_client k ON k.client_id = g.client_id JOIN sync_scope s ON s.id = 'book:' || k.book AND s.write
WHERE (g.state = 'awaiting' AND a.state <> 'asked')
   OR (g.state = 'approved' AND a.state = 'revoked' AND g.given_on IS NULL)
LIMIT 500
"""


@dataclass(frozen=True, slots=True)
class TakeInDecisions:
    """Let gifts follow the lead's answers. Gives how many.

    Has no inverse: the decision is the lead's, and another one of theirs is followed in the same way.
    """

    label: ClassVar[str] = N_("Follow the lead's decision")

    def apply(self, work: UnitOfWork) -> Done[int]:
        found = behind(work)
        for key, state in found:
            gift = work.get(Gift, key)
            approve = state is ApprovalState.APPROVED
            after = rules.state_after_decision(approved=approve, bought=gift.bought_on is not None)
            gift.state = GiftState.PLANNED.value if gift.state == GiftState.APPROVED else after.value
        return Done(len(found))


def behind(reads: Reads) -> tuple[tuple[RecordId, ApprovalState], ...]:
    """Gifts that do not follow the lead's answer yet, with the answer."""
    return tuple((RecordId(row[0]), ApprovalState(row[1])) for row in reads.rows(_BEHIND))
