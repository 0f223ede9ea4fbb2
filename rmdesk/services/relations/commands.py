"""Relationships: noting what somebody is to a client, changing it, taking it away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, RecordId, RelationKind, new_id
from rmdesk.models.relations import Relationship
from rmdesk.services.profile.days import check_year
from rmdesk.services.relations import checks, persons, queries, tables
from rmdesk.services.relations.rows import Details, Node
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, changing, removed
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddRelationship:
    """Note that `other` is the `role` of somebody, as in "child": seen from the other side, it is the way back.

    `other` is a client, a person, or the details of a person to be made. A second spouse is refused until one is
    `sure`.
    """

    label: ClassVar[str] = N_("Add relationship")
    of: Node
    role: str
    other: Node | Details
    note: str = ""
    noted_on: date | None = None
    sure: bool = False

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        of = checks.there(work, self.of)
        was = Kept()
        other: Node
        if isinstance(self.other, Details):
            other = persons.make(work, was, self.other, of if isinstance(of, int) else None)
        else:
            other = checks.there(work, self.other)
        relationship = Relationship(id=new_id(), noted_on=self.noted_on or clock.today())
        _write(work, relationship, of, self.role, other, self.note, sure=self.sure)
        work.add(relationship)
        was.made(relationship)
        return Done(RecordId(relationship.id), inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class EditRelationship:
    """Change what the two sides of a relationship are to one another, or the note; `of` is the side that looks on."""

    label: ClassVar[str] = N_("Edit relationship")
    relationship: RecordId
    of: Node
    role: str
    note: str = ""
    noted_on: date | None = None
    sure: bool = False

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        kept, was = changing(work, Relationship, self.relationship)
        one, other, _kind, noted_on, _note = queries.relation_of(work, self.relationship)
        of = checks.there(work, self.of)
        if of not in (one, other):
            raise queries.gone()
        kept.noted_on = self.noted_on or noted_on
        _write(work, kept, of, self.role, other if of == one else one, self.note, sure=self.sure)
        return Done(self.relationship, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class RemoveRelationship:
    """Take a relationship away; both sides stay."""

    label: ClassVar[str] = N_("Remove relationship")
    relationship: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return removed(work, Relationship, self.relationship)


def _write(work: UnitOfWork, kept: Relationship, of: Node, name: str, other: Node, note: str, *, sure: bool) -> None:
    """Fill the row: kept from the side from which the kind is told, "parent of" and never "child of"."""
    try:
        role = tables.role(name)
    except KeyError:
        raise Refused(N_("Choose what they are to one another."), field="role", code="no_role") from None
    one, two = (other, of) if role.first else (of, other)
    checks.tie(work, role, one, two, but=kept.id)
    if role.kind == RelationKind.SPOUSE and not sure:
        _check_single(work, one, two, kept.id)
    kept.kind = role.kind
    check_year(kept.noted_on, "noted_on")
    kept.note = checks.text(note, "note")
    for end, node in (("from", one), ("to", two)):
        _place(kept, end, node)


def _place(kept: Relationship, end: str, node: Node) -> None:
    setattr(kept, f"{end}_client_id", ClientId(node) if isinstance(node, int) else None)
    setattr(kept, f"{end}_person_id", node if isinstance(node, str) else None)


def _check_single(work: UnitOfWork, one: Node, two: Node, but: str) -> None:
    spouse: Any = queries.second_spouse(work, one, two, but)
    if spouse is not None:
        raise Refused(
            N_("A spouse is noted already: {name}."),
            do=N_("Save again to keep both, or remove the one that no longer holds."),
            field="role",
            code="second_spouse",
            name=spouse.name,
        )
