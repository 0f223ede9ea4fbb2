"""That a text of a document went to the clipboard; files and prints go through services/exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.store.command import Done

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

DOCUMENT = "document"  # what goes out, as services/exports has it


@dataclass(frozen=True, slots=True)
class NoteCopied:
    """Leaves on record that a document was copied; done before it is. What went out cannot be taken back."""

    label: ClassVar[str] = N_("Copy a document")
    name: str  # the kind of document, such as "Visit brief", untranslated
    client: ClientId | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        subject = "*" if self.client is None else str(self.client)
        work.note("client", subject, self.client, after={"document": self.name, "way": "copy"})
        about = "" if self.client is None else "client"
        note(work, Act.COPY, entity=about, entity_id=self.client or "", facts={"what": DOCUMENT})
        return Done(None)
