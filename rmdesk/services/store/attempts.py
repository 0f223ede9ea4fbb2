"""What was tried and not allowed, where that has to be on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base.text import N_
from rmdesk.services.store.command import Done
from rmdesk.services.store.sealed import Sealed
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class NoteAttempt:
    """Put on record that somebody tried to change what is sealed. Has no inverse: it happened."""

    label: ClassVar[str] = N_("Tried to change a sealed record")
    tried: str  # the label of the command
    refused: Sealed

    def apply(self, work: UnitOfWork) -> Done[None]:
        one = self.refused
        work.note(one.entity, one.entity_id, one.client, {"tried": self.tried})
        return Done(None)
