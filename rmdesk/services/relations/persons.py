"""Persons who are no clients: noted with what ties them to a client, corrected, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, ConsentKind, RecordId, new_id
from rmdesk.models.profile import Consent
from rmdesk.models.relations import HouseholdMember, Person, Relationship
from rmdesk.services.clients.rules import checked_birth, checked_phone
from rmdesk.services.profile.children import check_child
from rmdesk.services.profile.rules import is_child
from rmdesk.services.relations import checks
from rmdesk.services.relations.rows import Details
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, changing, check_unnamed
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class EditPerson:
    """Correct what is noted of a person."""

    label: ClassVar[str] = N_("Edit person")
    person: RecordId
    details: Details
    near: ClientId | None = None

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        person, was = changing(work, Person, self.person)
        _write(work, person, self.details, self.near)
        _consent(work, was, person, self.details, self.near)
        return Done(self.person, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """Take a person away; refused while something names them. `ties` takes relationships, household and consents along.

    Gifts and occasions are never taken along: they are records of their own.
    """

    label: ClassVar[str] = N_("Remove person")
    person: RecordId
    ties: bool = False

    def apply(self, work: UnitOfWork) -> Done[None]:
        person, was = changing(work, Person, self.person)
        for model, where in TIES if self.ties else ():
            for (key,) in work.rows(
                f"SELECT id FROM {model.__tablename__} WHERE {where} ORDER BY id", {"id": person.id}
            ):
                tie = work.get(model, key)
                was.before(tie)
                work.delete(tie)
        work.flush()
        check_unnamed(work, Person, person.id)
        work.delete(person)
        return Done(None, inverse=was.inverse)


TIES: tuple[tuple[type[Relationship | HouseholdMember | Consent], str], ...] = (
    (Relationship, "from_person_id = :id OR to_person_id = :id"),
    (HouseholdMember, "person_id = :id"),
    (Consent, "person_id = :id"),
)


def make(work: UnitOfWork, was: Kept, details: Details, near: int | None) -> RecordId:
    """A new person; `was` is told what has to be taken back to undo it."""
    person = Person(id=new_id())
    _write(work, person, details, near)
    work.add(person)
    work.flush()
    was.made(person)
    _consent(work, was, person, details, near)
    return RecordId(person.id)


def _write(work: UnitOfWork, person: Person, details: Details, near: int | None) -> None:
    """Fill the row; refused beside the field that is wrong."""
    name = checks.name(details.name)
    if person.name != name:
        from rmdesk.services.clients.pinyin import reading

        read = reading(name)
        person.pinyin, person.initials = read.pinyin, read.initials
    person.name = name
    person.sex = details.sex if details.sex in ("F", "M") else None
    person.birth_date = checked_birth(details.birth_date.strip() or None)
    if details.phone is not None:
        person.phone = checked_phone(details.phone.strip() or None)
    person.occupation = checks.text(details.occupation, "occupation", "name")
    person.employer = checks.text(details.employer, "employer", "name")
    person.note = checks.text(details.note, "note")
    person.official = details.official
    check_child(
        work, person.birth_date, RecordId(person.id), ClientId(near) if near is not None else None,
        guardian=details.guardian, field="guardian",
    )  # fmt: skip


def _consent(work: UnitOfWork, was: Kept, person: Person, details: Details, near: int | None) -> None:
    """Note the guardian's consent to data on a child, where it is given with the data."""
    if not details.guardian.strip() or not is_child(person.birth_date, clock.today()):
        return
    if near is None:
        raise Refused(
            N_("Add a child under 14 from a client's file, which keeps the consent."),
            field="birth_date",
            code="no_file",
        )
    consent = Consent(
        id=new_id(), client_id=near, person_id=person.id, kind=ConsentKind.CHILD, given=True, on=clock.today(),
        how=checks.text(details.how, "how", "name"), by=checks.name(details.guardian, "guardian"),
    )  # fmt: skip
    work.add(consent)
    was.made(consent)
