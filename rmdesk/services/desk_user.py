"""Who sits at this desk: as the hub knows them once one is joined, else as the settings say."""

from __future__ import annotations

import json

from rmdesk.base.record import record
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.general import ROLE, USER_NAME
from rmdesk.services.store.reads import Reads

LEAD = "lead"
WHO = "user"  # the name of the fact in `sync_state` that says who joined


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
    """Who sits here. Asked at the start, so it imports little."""
    name = settings.value(reads, USER_NAME)
    if not reads.value("SELECT joined FROM sync_control"):
        return DeskUser(name, settings.value(reads, ROLE) == LEAD)
    told = reads.value("SELECT value FROM sync_state WHERE name = ?", (WHO,))
    user = json.loads(told) if told else ""
    row = reads.one("SELECT name, role, team, book FROM colleague WHERE id = ?", (user,))
    if row is None:  # joined, and not yet told by the hub who that is
        return DeskUser(name, lead=False, joined=True, user=user)
    return DeskUser(row[0], row[1] == LEAD, True, user, row[2] or "", row[3] or "")


def named(reads: Reads, signs: str) -> str:
    """The name of who signed: of a colleague by id, else what stands there."""
    return str(reads.value("SELECT name FROM colleague WHERE id = ?", (signs,)) or signs)
