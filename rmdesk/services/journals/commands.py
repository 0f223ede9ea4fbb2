"""What is written in journals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.base import Model
from rmdesk.models.clients import Client
from rmdesk.models.journals import Citation, Journal, JournalClient, JournalVisit
from rmdesk.models.kinds import ClientId, Purpose, RecordId, new_id
from rmdesk.models.visits import Visit
from rmdesk.services.journals import rules
from rmdesk.services.profile.days import check_year
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, PutBack, TakeAway, fields_of, key_of
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered in a journal: content and method are needed, the rest may come at the week's close."""

    on: date
    content: str
    method: str
    insight: str = ""
    reflection: str = ""
    purpose: Purpose | None = None
    group: str | None = None
    clients: tuple[ClientId, ...] = ()
    visits: tuple[RecordId, ...] = ()
    cards: tuple[RecordId, ...] = ()  # playbook cards that were used


@dataclass(frozen=True, slots=True)
class WriteJournal:
    """Write down what was done for clients and by which method. Gives back the journal's id."""

    label: ClassVar[str] = N_("Write journal")
    entry: Entry

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        journal = Journal(id=new_id(), entered_at=clock.now())
        _fill(journal, self.entry)
        work.add(journal)
        work.flush()
        was = Kept()
        was.made(journal)
        _link(work, was, journal.id, self.entry, {})
        return Done(RecordId(journal.id), inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class EditJournal:
    """Write a journal anew, with its links to clients, visits and cards; outcomes of cards that stay are kept."""

    label: ClassVar[str] = N_("Edit journal")
    journal: RecordId
    entry: Entry

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        journal = work.get(Journal, self.journal)
        was, links = Kept(), _links_of(work, self.journal)
        outcomes = {link.card_id: link.outcome for link in links if isinstance(link, Citation)}
        was.before(journal)
        _fill(journal, self.entry)
        for link in links:
            was.before(link)
            work.delete(link)
        work.flush()
        _link(work, was, self.journal, self.entry, outcomes)
        return Done(self.journal, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class RemoveJournal:
    """Remove a journal; a card that was made of it stays."""

    label: ClassVar[str] = N_("Remove journal")
    journal: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        if work.value("SELECT 1 FROM playbook_card WHERE journal_id = ?", (self.journal,)):
            raise Refused(
                N_("A playbook card was made of this journal."),
                do=N_("Remove the card first, or keep the journal."),
                code="has_card",
                guide="journals",
            )
        links = [key_of(link) for link in _links_of(work, self.journal)]
        return TakeAway((*links, (Journal, self.journal))).apply(work)


@dataclass(frozen=True, slots=True)
class CloseWeek:
    """Add insight and reflection to a journal, as at the week's close."""

    label: ClassVar[str] = N_("Add insight and reflection")
    journal: RecordId
    insight: str
    reflection: str

    def apply(self, work: UnitOfWork) -> Done[None]:
        journal = work.get(Journal, self.journal)
        before = fields_of(journal, "insight", "reflection")
        journal.insight = check_text(self.insight, "insight") or None
        journal.reflection = check_text(self.reflection, "reflection") or None
        if journal.insight is None and journal.reflection is None:
            raise Refused(N_("Write at least one of the two."), field="insight", code="empty")
        return Done(None, inverse=PutBack(Journal, self.journal, before))


def _fill(journal: Journal, entry: Entry) -> None:
    if entry.on > clock.today():
        raise Refused(N_("A journal tells of what was done, not of a day ahead."), field="on", code="future")
    check_year(entry.on, "on")
    if entry.method not in rules.methods():
        raise Refused(N_("Choose a method from the list."), field="method", code="no_method")
    content = check_text(entry.content, "content")
    if not content:
        raise Refused(N_("Say what was done."), field="content", code="empty")
    journal.on, journal.content, journal.method = entry.on, content, entry.method
    journal.insight = check_text(entry.insight, "insight") or None
    journal.reflection = check_text(entry.reflection, "reflection") or None
    journal.purpose = entry.purpose.value if entry.purpose else None
    journal.group = entry.group


def _link(work: UnitOfWork, was: Kept, journal: str, entry: Entry, outcomes: dict[str, str | None]) -> None:
    """Link a journal to clients, visits and cards; `outcomes` of cards that were cited before."""
    clients, visits, cards = dict.fromkeys(entry.clients), dict.fromkeys(entry.visits), dict.fromkeys(entry.cards)
    made: list[Model] = [JournalClient(journal_id=journal, client_id=client) for client in clients]
    made += [JournalVisit(journal_id=journal, visit_id=visit) for visit in visits]
    made += [Citation(journal_id=journal, card_id=card, outcome=outcomes.get(card)) for card in cards]
    for client in clients:
        work.get(Client, client)
    for visit in visits:
        work.get(Visit, visit)
    for link in made:
        work.add(link)
        was.made(link)
    work.flush()


def _links_of(work: UnitOfWork, journal: str) -> list[Model]:
    found: list[Model] = []
    for model, other in ((JournalClient, "client_id"), (JournalVisit, "visit_id"), (Citation, "card_id")):
        rows = work.rows(f"SELECT {other} FROM {model.__tablename__} WHERE journal_id = ?", (journal,))
        found += [work.get(model, (journal, key)) for (key,) in rows]
    return found
