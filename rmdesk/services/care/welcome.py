"""Whom the small cards may name: clients who are active and, where rmdesk itself suggests them, have not said no."""

from __future__ import annotations

import json

from rmdesk.models.kinds import ClientStatus
from rmdesk.services.store.reads import Reads

# What is agreed is kept, so the agenda asks for no consent; whatever rmdesk suggests of itself does.
ACTIVE = f"c.merged_into IS NULL AND c.status = '{ClientStatus.ACTIVE.value}'"
WELCOME = f"{ACTIVE} AND c.marketing_consent IS NOT 0"


def welcome(reads: Reads, clients: set[int]) -> dict[int, str]:
    """The names of those among the clients who may be contacted."""
    return dict(
        reads.rows(
            f"SELECT id, name FROM client c WHERE {WELCOME} AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(clients)),),
        )
    )
