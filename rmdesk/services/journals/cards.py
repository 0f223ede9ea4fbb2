"""What is written about playbook cards. No fact of a client's file gets into one, whatever was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.journals import Citation, Journal, PlaybookCard
from rmdesk.models.kinds import CardOutcome, RecordId, new_id
from rmdesk.services.journals import facts, rules
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MakeCard:
    """Make a playbook card of a journal's insight; client facts are taken out. Gives back the card's id."""

    label: ClassVar[str] = N_("Make playbook card")
    journal: RecordId
    title: str
    text: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        journal = work.get(Journal, self.journal)
        told = facts.of_journal(work, self.journal)
        card = PlaybookCard(
            id=new_id(),
            journal_id=self.journal,
            title=_stripped(self.title, "title", told),
            text=_stripped(self.text, "text", told),
            method=journal.method,
            group=journal.group,
            made_on=clock.today(),
        )
        work.add(card)
        return Done(RecordId(card.id), inverse=TakeAway(((PlaybookCard, card.id),)))


@dataclass(frozen=True, slots=True)
class EditCard:
    """Correct a card; client facts are taken out again."""

    label: ClassVar[str] = N_("Edit playbook card")
    card: RecordId
    title: str
    text: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        card = work.get(PlaybookCard, self.card)
        told = facts.of_journal(work, RecordId(card.journal_id)) if card.journal_id else rules.FileFacts()
        before = fields_of(card, "title", "text")
        card.title, card.text = _stripped(self.title, "title", told), _stripped(self.text, "text", told)
        return Done(None, inverse=PutBack(PlaybookCard, self.card, before))


@dataclass(frozen=True, slots=True)
class RetireCard:
    """Take a card out of the offers; journals that cite it keep it. Once more: bring it back."""

    label: ClassVar[str] = N_("Retire playbook card")
    card: RecordId
    retired: bool = True

    def apply(self, work: UnitOfWork) -> Done[None]:
        card = work.get(PlaybookCard, self.card)
        before = fields_of(card, "retired_on")
        card.retired_on = clock.today() if self.retired else None
        return Done(None, inverse=PutBack(PlaybookCard, self.card, before))


@dataclass(frozen=True, slots=True)
class NoteOutcome:
    """Say what came of a card in the journal that used it."""

    label: ClassVar[str] = N_("Note the outcome of a card")
    journal: RecordId
    card: RecordId
    outcome: CardOutcome | None

    def apply(self, work: UnitOfWork) -> Done[None]:
        key = (self.journal, self.card)
        citation = work.get(Citation, key)
        before = fields_of(citation, "outcome")
        citation.outcome = self.outcome.value if self.outcome else None
        return Done(None, inverse=PutBack(Citation, key, before))


def _stripped(text: str, field: str, told: rules.FileFacts) -> str:
    said = rules.stripped(check_text(text, field), told).strip()
    if not said:
        raise Refused(N_("A card needs a title and a text."), field=field, code="empty", guide="journals")
    return said
