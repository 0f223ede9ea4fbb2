"""How many gifts wait for something. Asked at the start for the navigation, so it imports little."""

from __future__ import annotations

from rmdesk.services.clients.standing import contactable
from rmdesk.services.store.reads import Reads


def to_do(reads: Reads) -> int:
    """How many gifts wait: for an answer, buying, or giving; not ideas, nor for who may not be contacted."""
    value = reads.value(
        f"""
        SELECT count(*) FROM gift g JOIN client c ON c.id = g.client_id
        WHERE g.state IN ('planned', 'awaiting', 'approved', 'bought') AND {contactable("c")}
        """
    )
    return int(value or 0)
