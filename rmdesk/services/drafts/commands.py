"""Keeping and forgetting drafts. They are no records of the bank: no change record, no undo, and no page reloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.files import Draft
from rmdesk.models.kinds import ClientId
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep what was typed into a form so far. No inverse: the next one takes its place, the finished form ends it."""

    label: ClassVar[str] = N_("Save draft")
    form: str
    subject: str
    payload: dict[str, Any]
    client: ClientId | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        known = self.client if self.client is not None and work.find(Client, self.client) else None
        draft = work.find(Draft, (self.form, self.subject))
        if draft is None:
            draft = Draft(form=self.form, subject=self.subject)
        draft.client_id, draft.payload, draft.saved_at = known, self.payload, clock.now()
        work.add(draft)
        return Done(None)


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Forget a draft. No inverse: it was asked for, or what it held is saved."""

    label: ClassVar[str] = N_("Discard draft")
    form: str
    subject: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        forget(work, (self.form, self.subject))
        return Done(None)


def forget(work: UnitOfWork, draft: tuple[str, str] | None) -> None:
    """Within another command: what the draft held is being saved."""
    found = None if draft is None else work.find(Draft, draft)
    if found is not None:
        work.delete(found)
