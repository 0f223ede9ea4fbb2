"""The gate by status, said beside the client's field."""

from __future__ import annotations

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId
from rmdesk.services.clients import standing
from rmdesk.services.store.reads import Reads


def check_may_contact(
    reads: Reads, client: ClientId, *, marketing: bool = False, doing: str = "", field: str = "client"
) -> None:
    """As `standing.check_may_contact`, with the field beside which it is shown."""
    try:
        standing.check_may_contact(reads, client, marketing=marketing, doing=doing)
    except Refused as error:
        error.field = field
        raise
