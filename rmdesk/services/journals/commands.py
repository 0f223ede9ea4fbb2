"""What is written in journals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

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
from rmdesk.services.store.inverse import BringBack, Fields, PutBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork

Row = tuple[type[Model], Fields]


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
        links = _link(work, journal.id, self.entry)
        return Done(RecordId(journal.id), inverse=TakeAway((*links, (Journal, journal.id))))


@dataclass(frozen=True, slots=True)
class EditJournal:
    """Write a journal anew, with its links to clients, visits and cards; outcomes of cards that stay are kept."""

    label: ClassVar[str] = N_("Edit journal")
    journal: RecordId
    entry: Entry

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        journal = work.get(Journal, self.journal)
        before = _Before(fields_of(journal), tuple(_links_of(work, self.journal)))
        cited = [dict(fields) for model, fields in before.links if model is Citation]
        _fill(journal, self.entry)
        _unlink(work, self.journal)
        _link(work, self.journal, self.entry, {one["card_id"]: one["outcome"] for one in cited})
        return Done(self.journal, inverse=RestoreJournal(self.journal, before))


@dataclass(frozen=True, slots=True)
class _Before:
    """A journal as it was, with its links."""

    fields: Fields
    links: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RestoreJournal:
    """Give a journal the content and links it had."""

    label: ClassVar[str] = N_("Restore journal")
    journal: RecordId
    before: _Before

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        journal = work.get(Journal, self.journal)
        now = _Before(fields_of(journal), tuple(_links_of(work, self.journal)))
        for name, value in self.before.fields:
            setattr(journal, name, value)
        _unlink(work, self.journal)
        BringBack(self.before.links).apply(work)
        return Done(self.journal, inverse=RestoreJournal(self.journal, now))


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
            )
        keys = [(model, _key(model, fields)) for model, fields in _links_of(work, self.journal)]
        return TakeAway((*keys, (Journal, self.journal))).apply(work)


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


def _link(
    work: UnitOfWork, journal: str, entry: Entry, outcomes: dict[str, Any] | None = None
) -> tuple[tuple[type[Model], Any], ...]:
    keys: list[tuple[type[Model], Any]] = []
    for client in dict.fromkeys(entry.clients):
        work.get(Client, client)
        work.add(JournalClient(journal_id=journal, client_id=client))
        keys.append((JournalClient, (journal, client)))
    for visit in dict.fromkeys(entry.visits):
        work.get(Visit, visit)
        work.add(JournalVisit(journal_id=journal, visit_id=visit))
        keys.append((JournalVisit, (journal, visit)))
    for card in dict.fromkeys(entry.cards):
        work.add(Citation(journal_id=journal, card_id=card, outcome=(outcomes or {}).get(card)))
        keys.append((Citation, (journal, card)))
    work.flush()
    return tuple(keys)


def _links_of(work: UnitOfWork, journal: str) -> list[Row]:
    found: list[Row] = []
    for model, other in ((JournalClient, "client_id"), (JournalVisit, "visit_id"), (Citation, "card_id")):
        for (key,) in work.rows(f"SELECT {other} FROM {model.__tablename__} WHERE journal_id = ?", (journal,)):
            found.append((model, fields_of(work.get(model, (journal, key)))))
    return found


def _unlink(work: UnitOfWork, journal: str) -> None:
    for model, fields in _links_of(work, journal):
        work.delete(work.get(model, _key(model, fields)))
    work.flush()


def _key(model: type[Model], fields: Fields) -> Any:
    told = dict(fields)
    return tuple(told[str(column.key)] for column in model.__table__.primary_key)
