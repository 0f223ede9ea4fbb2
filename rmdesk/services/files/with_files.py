"""A form and the files that were added to it while it was typed: kept together, undone together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId
from rmdesk.services.files import queries
from rmdesk.services.files.commands import AttachPending
from rmdesk.services.store.command import Command, Done
from rmdesk.services.store.several import Several
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class WithFiles:
    """Do a step that makes a record and gives back its id, and hand the record the files of the `draft`."""

    label: ClassVar[str] = N_("Save with files")
    step: Command[Any]
    draft: str
    entity: str
    client: ClientId

    def apply(self, work: UnitOfWork) -> Done[Any]:
        done = self.step.apply(work)
        if not queries.files_of(work, queries.DRAFT, self.draft):
            return done
        work.flush()
        attached = AttachPending(self.draft, self.entity, str(done.result), self.client).apply(work)
        if done.inverse is None or attached.inverse is None:
            return Done(done.result)
        return Done(done.result, inverse=Several((attached.inverse, done.inverse)))
