"""Relationships as plain data for scripts: the same answers as on screen."""

from __future__ import annotations

from typing import Any

from rmdesk.models.kinds import ClientId
from rmdesk.services.relations import queries
from rmdesk.services.relations.influence import influence_of
from rmdesk.services.relations.introductions import introductions
from rmdesk.services.relations.rows import Party
from rmdesk.services.store.reads import Reads


def relations(reads: Reads, client: ClientId) -> dict[str, Any]:
    """Everybody around a client: what is kept, kin that follows, household, referrals, influence."""
    household = queries.household_of(reads, client)
    influence = influence_of(reads, client)
    return {
        "client": client,
        "name": "" if influence is None else influence.party.name,
        "relations": [
            {
                "id": row.id, "role": row.role, "called": row.called.said, "group": row.group, **_party(row.other),
                "noted_on": row.noted_on.isoformat(), "note": row.note,
            }
            for row in queries.relations_of(reads, client)
        ],
        "kin": [
            {"called": row.called.said, **_party(row.other), "path": row.path}
            for row in queries.inferred_kin(reads, client)
        ],
        "household": None if household is None else {
            "id": household.id, "name": household.name,
            "members": [_party(member.party) for member in household.members],
        },
        "referrals": [
            {
                "id": row.id, "name": row.name, "on": row.on.isoformat(), "confirmed": row.confirmed,
                "new": None if row.new is None else _party(row.new), "by": None if row.by is None else _party(row.by),
                "note": row.note,
            }
            for row in queries.referrals_of(reads, client)
        ],
        "ties": 0 if influence is None else influence.ties,
        "decides": 0 if influence is None else influence.decides,
        "influencer": influence is not None and influence.strong,
    }  # fmt: skip


def introduce(reads: Reads, client: ClientId) -> dict[str, Any]:
    """Who can introduce the manager to a client, the nearest way first."""
    return {
        "client": client,
        "name": reads.value("SELECT name FROM client WHERE id = ?", (client,)),
        "ways": [
            {
                "hops": [{**_party(hop.party), "why": hop.why.said} for hop in way.hops],
                "contacts": way.contacts,
                "last_contact": way.last_contact.isoformat(),
            }
            for way in introductions(reads, client)
        ],
    }


def _party(party: Party) -> dict[str, Any]:
    return {"name": party.name, "client": party.client, "person": party.person}
