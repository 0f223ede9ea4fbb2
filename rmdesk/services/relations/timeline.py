"""Referrals as lines of a client's timeline: whom the client brought, and who brought the client."""

from __future__ import annotations

from rmdesk.base.text import Phrase, phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.events import Event, EventKind
from rmdesk.services.relations import queries
from rmdesk.services.relations.rows import ReferralRow
from rmdesk.services.store.reads import Reads


def events_of(reads: Reads, client: ClientId, limit: int) -> list[Event]:
    """The client's referrals, newest first."""
    return [
        Event(
            row.on,
            EventKind.RELATION,
            _title(row),
            " · ".join(part for part in (row.name if row.by is None else "", row.note) if part),
            entity="referral",
            entity_id=row.id,
        )
        for row in queries.referrals_of(reads, client, limit)
    ]


def _title(row: ReferralRow) -> Phrase:
    if row.by is not None:
        return phrase("Brought by {name}", name=row.by.name)
    return phrase("Referral, confirmed") if row.confirmed else phrase("Referral, not confirmed yet")
