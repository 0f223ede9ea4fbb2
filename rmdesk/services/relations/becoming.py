"""A person becomes a client: everything that names the person names the client from then on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.all import Model
from rmdesk.models.clients import Client
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ClientId, ClientKind, OccasionKind, RecordId
from rmdesk.models.occasions import Occasion
from rmdesk.models.profile import Consent
from rmdesk.models.relations import HouseholdMember, Person, Relationship
from rmdesk.services.relations import checks
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, check_unnamed
from rmdesk.services.store.work import UnitOfWork

# What a client's file may lack and the manager knew of the person.
FILLED = ("sex", "birth_date", "phone", "occupation", "employer")


@dataclass(frozen=True, slots=True)
class LinkPersonToClient:
    """Make a person one with a client: relationships, household, gifts, occasions and consents move to the client.

    What the client's file lacks is filled in, the note is added to the client's. Ties between the two are taken away.
    """

    label: ClassVar[str] = N_("Person is now a client")
    person: RecordId
    client: ClientId

    def apply(self, work: UnitOfWork) -> Done[ClientId]:
        person = work.get(Person, self.person)
        number = ClientId(int(checks.there(work, self.client, "client")))
        client = work.get(Client, number)
        if client.kind == ClientKind.COMPANY:
            raise Refused(N_("A person can't become a company."), do=N_("Choose another."), field="client")
        was = Kept()
        was.before(client)
        _complete(client, person)
        work.flush()
        for model, column, move in MOVES:
            sql = f"SELECT id FROM {model.__tablename__} WHERE {column} = ? ORDER BY id"
            for (key,) in work.rows(sql, (person.id,)):
                found = work.get(model, key)
                was.before(found)
                if move(work, found, number, person):
                    work.delete(found)
                work.flush()
        check_unnamed(work, Person, person.id)
        was.before(person)
        work.delete(person)
        return Done(number, inverse=was.inverse)


Move = Callable[[UnitOfWork, Any, ClientId, Person], bool]


def _relationship(end: str) -> Move:
    def move(work: UnitOfWork, kept: Relationship, client: ClientId, person: Person) -> bool:
        setattr(kept, f"{end}_person_id", None)
        setattr(kept, f"{end}_client_id", client)
        return kept.from_client_id is not None and kept.from_client_id == kept.to_client_id

    return move


def _member(work: UnitOfWork, kept: HouseholdMember, client: ClientId, person: Person) -> bool:
    if work.value("SELECT 1 FROM household_member WHERE client_id = ?", (client,)) is not None:
        return True  # nobody belongs to two
    kept.person_id, kept.client_id = None, client
    return False


def _gift(work: UnitOfWork, kept: Gift, client: ClientId, person: Person) -> bool:
    kept.to_person_id, kept.to_client_id = None, client
    return False


def _occasion(work: UnitOfWork, kept: Occasion, client: ClientId, person: Person) -> bool:
    """A birthday moves to the client's own file; other days stay where they were noted, under the name."""
    kept.person_id = None
    if kept.kind == OccasionKind.RELATIVE_BIRTHDAY and not _has_birthday(work, kept, client):
        kept.client_id, kept.kind, kept.person = client, OccasionKind.BIRTHDAY.value, None
    else:
        kept.person = kept.person or person.name
    return False


def _has_birthday(work: UnitOfWork, kept: Occasion, client: ClientId) -> bool:
    same = (client, OccasionKind.BIRTHDAY.value, kept.calendar, kept.month, kept.day)
    sql = "SELECT 1 FROM occasion WHERE client_id = ? AND kind = ? AND calendar = ? AND month = ? AND day = ?"
    return work.value(sql, same) is not None


def _consent(work: UnitOfWork, kept: Consent, client: ClientId, person: Person) -> bool:
    kept.person_id, kept.client_id = None, client
    return False


MOVES: tuple[tuple[type[Model], str, Move], ...] = (
    (Relationship, "from_person_id", _relationship("from")),
    (Relationship, "to_person_id", _relationship("to")),
    (HouseholdMember, "person_id", _member),
    (Gift, "to_person_id", _gift),
    (Occasion, "person_id", _occasion),
    (Consent, "person_id", _consent),
)


def _complete(client: Client, person: Person) -> None:
    for name in FILLED:
        if getattr(client, name) is None and getattr(person, name) is not None:
            setattr(client, name, getattr(person, name))
    if person.note and person.note not in (client.note or ""):
        client.note = f"{client.note}\n{person.note}" if client.note else person.note
