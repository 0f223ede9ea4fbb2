"""That a document left the encrypted file: by saving, printing or copying."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId
from rmdesk.services.store.command import Done

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork


class Way(StrEnum):
    """How it leaves."""

    PDF = "pdf"
    PRINT = "print"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class NoteDocument:
    """Leaves a change record that a document went out; done before it does. What went out cannot be taken back."""

    label: ClassVar[str] = N_("Give out a document")
    name: str  # the kind of document, such as "Visit brief", untranslated
    way: Way
    client: ClientId | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        subject = "*" if self.client is None else str(self.client)
        work.note("client", subject, self.client, after={"document": self.name, "way": self.way.value})
        return Done(None)
