"""Copying rows of the table to the clipboard; what goes into a file goes through services/exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rmdesk.base.text import N_
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.store.command import Done

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class NoteRowsCopied:
    """Leaves on record that rows of clients were copied; done before they are. Has no inverse: they were."""

    label: ClassVar[str] = N_("Copy clients")
    count: int
    columns: tuple[str, ...]

    def apply(self, work: UnitOfWork) -> Done[int]:
        after = {"exported": self.count, "form": "copy", "columns": list(self.columns)}
        work.note("client", "*", None, after=after)
        note(work, Act.COPY, facts={"what": "clients", "rows": self.count})
        return Done(self.count)
