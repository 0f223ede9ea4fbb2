"""Removing clients of other books from this desk, at the manager's word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync import purge
from rmdesk.services.sync.strangers import strangers


@dataclass(frozen=True, slots=True)
class RemoveStrangers:
    """Remove them, and what was noted of them here. Gives how many. Cannot be undone: they are another manager's."""

    label: ClassVar[str] = N_("Remove clients of other books")

    def apply(self, work: UnitOfWork) -> Done[int]:
        found = strangers(work)
        if not found:
            raise Refused(N_("Every client here is in a book of this desk."), code="no_strangers")
        for at, one in enumerate(found):
            work.progress.at(at, len(found))
            wire = work.value("SELECT wire_id FROM sync_client WHERE client_id = ?", (one.client,))
            purge.purge_client(work, str(wire), "")
        return Done(len(found), forgets=True)
