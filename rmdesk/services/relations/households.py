"""Households: who keeps house with whom. Nobody belongs to two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, ClientKind, RecordId, new_id
from rmdesk.models.relations import Household, HouseholdMember
from rmdesk.services.relations import checks
from rmdesk.services.relations.rows import Node
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, changing
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MakeHousehold:
    """Note who keeps house together."""

    label: ClassVar[str] = N_("Make household")
    name: str
    members: tuple[Node, ...]
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        if not self.members:
            raise Refused(N_("A household needs somebody in it."), field="members", code="empty")
        household = Household(id=new_id(), name=checks.name(self.name), note=checks.text(self.note, "note"))
        work.add(household)
        work.flush()
        was = Kept()
        was.made(household)
        for node in dict.fromkeys(self.members):
            was.made(_join(work, household.id, node))
        return Done(RecordId(household.id), inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class EditHousehold:
    """Change a household's name and note."""

    label: ClassVar[str] = N_("Edit household")
    household: RecordId
    name: str
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        household, was = changing(work, Household, self.household)
        household.name = checks.name(self.name)
        household.note = checks.text(self.note, "note")
        return Done(self.household, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class AddToHousehold:
    """Note that somebody belongs to a household, too."""

    label: ClassVar[str] = N_("Add to household")
    household: RecordId
    member: Node

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        household = work.get(Household, self.household)
        was, member = Kept(), _join(work, household.id, self.member)
        was.made(member)
        return Done(RecordId(member.id), inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class RemoveFromHousehold:
    """Note that somebody no longer belongs; with the last one the household goes."""

    label: ClassVar[str] = N_("Remove from household")
    member: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        member = work.get(HouseholdMember, self.member)
        household = member.household_id
        rows = work.rows("SELECT 1 FROM household_member WHERE household_id = ?", (household,))
        if len(rows) == 1:
            return DissolveHousehold(RecordId(household)).apply(work)
        was = Kept()
        was.before(member)
        work.delete(member)
        return Done(None, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class DissolveHousehold:
    """Take a household away; its people stay."""

    label: ClassVar[str] = N_("Dissolve household")
    household: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        household = work.get(Household, self.household)
        ids = work.rows("SELECT id FROM household_member WHERE household_id = ? ORDER BY id", (household.id,))
        was = Kept()
        was.before(household)
        for (key,) in ids:
            member = work.get(HouseholdMember, key)
            was.before(member)
            work.delete(member)
        work.flush()
        work.delete(household)
        return Done(None, inverse=was.inverse)


def _join(work: UnitOfWork, household: str, node: Node) -> HouseholdMember:
    node = checks.there(work, node, "members")
    if isinstance(node, int) and work.value("SELECT kind FROM client WHERE id = ?", (node,)) == ClientKind.COMPANY:
        raise Refused(N_("A company belongs to no household."), field="members", code="company_kin")
    column = "client_id" if isinstance(node, int) else "person_id"
    sql = f"SELECT h.name FROM household_member m JOIN household h ON h.id = m.household_id WHERE m.{column} = ?"
    other = work.value(sql, (node,))
    if other is not None:
        raise Refused(
            N_("Already in the household {name}."), do=N_("Take them out of it first."), field="members",
            code="in_household", name=other,
        )  # fmt: skip
    client, person = (ClientId(node), None) if isinstance(node, int) else (None, node)
    member = HouseholdMember(id=new_id(), household_id=household, client_id=client, person_id=person)
    work.add(member)
    work.flush()
    return member
