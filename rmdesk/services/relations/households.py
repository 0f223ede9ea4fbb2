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
from rmdesk.services.relations.state import Before, before, put_back
from rmdesk.services.store.command import Done
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
        states = [Before(Household, household.id, None)]
        states += [_join(work, household.id, node) for node in dict.fromkeys(self.members)]
        return Done(RecordId(household.id), inverse=put_back(states))


@dataclass(frozen=True, slots=True)
class EditHousehold:
    """Change a household's name and note."""

    label: ClassVar[str] = N_("Edit household")
    household: RecordId
    name: str
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        household = work.get(Household, self.household)
        states = before(work, (Household, household.id))
        household.name = checks.name(self.name)
        household.note = checks.text(self.note, "note")
        return Done(self.household, inverse=put_back(states))


@dataclass(frozen=True, slots=True)
class AddToHousehold:
    """Note that somebody belongs to a household, too."""

    label: ClassVar[str] = N_("Add to household")
    household: RecordId
    member: Node

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        household = work.get(Household, self.household)
        state = _join(work, household.id, self.member)
        return Done(RecordId(state.key), inverse=put_back((state,)))


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
        states = before(work, (HouseholdMember, member.id))
        work.delete(member)
        return Done(None, inverse=put_back(states))


@dataclass(frozen=True, slots=True)
class DissolveHousehold:
    """Take a household away; its people stay."""

    label: ClassVar[str] = N_("Dissolve household")
    household: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        household = work.get(Household, self.household)
        ids = work.rows("SELECT id FROM household_member WHERE household_id = ? ORDER BY id", (household.id,))
        states = before(work, *((HouseholdMember, row[0]) for row in ids), (Household, household.id))
        for (key,) in ids:
            work.delete(work.get(HouseholdMember, key))
        work.flush()
        work.delete(household)
        return Done(None, inverse=put_back(states))


def _join(work: UnitOfWork, household: str, node: Node) -> Before:
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
    return Before(HouseholdMember, member.id, None)
