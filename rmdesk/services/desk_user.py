"""Who sits at this desk: as the hub knows them once one is joined, else as the settings say."""

from __future__ import annotations

import json

from rmdesk.base.record import record
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.general import ROLE, USER_NAME
from rmdesk.services.store.reads import Reads

LEAD = "lead"


@record
class DeskUser:
    """`user`, `team` and `book` are ids of the hub, empty without one. A `lead` reviews and decides."""

    name: str
    lead: bool
    joined: bool = False
    user: str = ""
    team: str = ""
    book: str = ""

    @property
    def signs(self) -> str:
        """What stands under a review: the hub's id, or the name."""
        return self.user or self.name


def desk_user(reads: Reads) -> DeskUser:
    """Who sits here. Asked at the start and by gates of other features, so it imports and hangs on little."""
    told = reads.value("SELECT value FROM sync_state WHERE name = 'me'")  # as services/sync/state keeps it
    if told is None:
        return DeskUser(settings.value(reads, USER_NAME), settings.value(reads, ROLE) == LEAD)
    me = json.loads(told)
    return DeskUser(me["name"], me["role"] == LEAD, True, me["user"], me.get("team") or "", me.get("book") or "")


def named(reads: Reads, signs: str) -> str:
    """The name of who signed: of a colleague by id, else what stands there."""
    return str(reads.value("SELECT name FROM colleague WHERE id = ?", (signs,)) or signs)
