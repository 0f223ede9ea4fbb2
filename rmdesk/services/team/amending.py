"""An edit that came after the approval: what was written becomes an addendum, the record stays as it was approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base.text import N_
from rmdesk.models.kinds import RecordId
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.sync.settling import TakeTheirs
from rmdesk.services.team.commands import AddAddendum


@dataclass(frozen=True, slots=True)
class TurnIntoAddendum:
    """Write what the hub did not take, because the record was approved meanwhile, as an addendum.

    The record gets back what the team has with the next round; what was written stays in the addendum, and in the
    change records: it can't be taken back otherwise. Gives the addendum's id.
    """

    label: ClassVar[str] = N_("Write as addendum")
    entity: str
    entity_id: str
    text: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        made = AddAddendum(self.entity, self.entity_id, self.text).apply(work)
        TakeTheirs(self.entity, self.entity_id).apply(work)
        return Done(made.result)
