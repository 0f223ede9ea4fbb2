"""What is written about groups: which there are, who belongs to them and under whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.groups import CreditParty, GroupClient, GroupMember
from rmdesk.models.kinds import ClientId, RecordId, new_id
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, changing
from rmdesk.services.store.work import UnitOfWork

WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class Party:
    """Who: a client, or anybody else by name; a party that is known already is taken, not made again."""

    client: ClientId | None = None
    name: str = ""
    known: RecordId | None = None


@dataclass(frozen=True, slots=True)
class MakeGroup:
    """Begin a group with the one at its top. Gives back the group's id."""

    label: ClassVar[str] = N_("Make a group client")
    name: str
    head: Party
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        kept = Kept()
        group = GroupClient(
            id=new_id(), name=_name(work, self.name), note=check_text(self.note, "note") or None, made_on=clock.today()
        )
        work.add(group)
        kept.made(group)
        work.flush()
        member = GroupMember(id=new_id(), group_id=group.id, party_id=party_of(work, self.head, kept, "head"))
        work.add(member)
        kept.made(member)
        return Done(RecordId(group.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class EditGroup:
    """Correct a group's name and note."""

    label: ClassVar[str] = N_("Edit group client")
    group: RecordId
    name: str
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[None]:
        group, kept = changing(work, GroupClient, self.group, "name", "note")
        group.name = _name(work, self.name, but=self.group)
        group.note = check_text(self.note, "note") or None
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class RemoveGroup:
    """Take a group away with its places; the parties and what the bank is exposed to with them stay."""

    label: ClassVar[str] = N_("Remove group client")
    group: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        kept, group = Kept(), work.get(GroupClient, self.group)
        for (key,) in work.rows("SELECT id FROM group_member WHERE group_id = ?", (self.group,)):
            member = work.get(GroupMember, key)
            kept.before(member)
            work.delete(member)
        work.flush()
        kept.before(group)
        work.delete(group)
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class AddMember:
    """Put somebody into a group, under one of its members or at the top. Gives back the id of the place.

    The same party may have several places: it counts once.
    """

    label: ClassVar[str] = N_("Add group member")
    group: RecordId
    who: Party
    under: RecordId | None = None
    share_bp: int | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        kept, group = Kept(), work.get(GroupClient, self.group)
        party = party_of(work, self.who, kept, "who")
        _check_place(work, group.id, party, self.under, None)
        member = GroupMember(
            id=new_id(),
            group_id=group.id,
            party_id=party,
            under_id=self.under,
            share_bp=_share(self.share_bp),
            note=check_text(self.note, "note") or None,
        )
        work.add(member)
        kept.made(member)
        return Done(RecordId(member.id), inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class EditMember:
    """Move a place under somebody else, or correct the share."""

    label: ClassVar[str] = N_("Edit group member")
    member: RecordId
    under: RecordId | None = None
    share_bp: int | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> Done[None]:
        member, kept = changing(work, GroupMember, self.member, "under_id", "share_bp", "note")
        _check_place(work, member.group_id, member.party_id, self.under, member.id)
        member.under_id, member.share_bp = self.under, _share(self.share_bp)
        member.note = check_text(self.note, "note") or None
        return Done(None, inverse=kept.inverse)


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """Take a place out of a group; who stood under it moves up to where it stood."""

    label: ClassVar[str] = N_("Remove group member")
    member: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        kept, member = Kept(), work.get(GroupMember, self.member)
        places = work.rows(
            "SELECT id, party_id, under_id FROM group_member WHERE group_id = ? AND id <> ?",
            (member.group_id, member.id),
        )
        if all(party != member.party_id for _key, party, _under in places):  # its last place
            for key, _party, under in places:
                if under == member.party_id:
                    below = work.get(GroupMember, key)
                    kept.before(below, "under_id")
                    below.under_id = member.under_id
        work.flush()
        kept.before(member)
        work.delete(member)
        return Done(None, inverse=kept.inverse)


def party_of(work: UnitOfWork, who: Party, kept: Kept, field: str) -> str:
    """The id of a party: the one known, that of the client, or a new one. Refused, naming `field`, for nobody."""
    if who.known is not None:
        return str(work.get(CreditParty, who.known).id)
    if who.client is not None:
        known = work.value("SELECT id FROM credit_party WHERE client_id = ?", (who.client,))
        if known is not None:
            return str(known)
    name = check_text(who.name, field, limit_of("line"))
    if who.client is not None:
        name = work.value("SELECT name FROM client WHERE id = ?", (who.client,)) or name
    if not name:
        raise Refused(N_("Say who it is: a client, or a name."), field=field, code="empty")
    if who.client is None:
        known = work.value("SELECT id FROM credit_party WHERE client_id IS NULL AND name = ?", (name,))
        if known is not None:
            return str(known)
    party = CreditParty(id=new_id(), client_id=who.client, name=name)
    work.add(party)
    kept.made(party)
    work.flush()
    return party.id


def _name(work: UnitOfWork, name: str, but: str = "") -> str:
    told = check_text(name, "name", limit_of("line"))
    if not told:
        raise Refused(N_("A group needs a name."), field="name", code="empty")
    if work.value("SELECT 1 FROM group_client WHERE name = ? AND id <> ?", (told, but)) is not None:
        raise Refused(N_("There is a group of this name."), field="name", code="known")
    return told


def _share(share: int | None) -> int | None:
    if share is not None and not 0 < share <= WHOLE:
        raise Refused(N_("A share lies between 0 and 100 %."), field="share", code="share", guide="credit")
    return share


def _check_place(work: UnitOfWork, group: str, party: str, under: str | None, member: str | None) -> None:
    """Nobody stands under themselves, under a stranger, or twice in the same place."""
    places = work.rows("SELECT id, party_id, under_id FROM group_member WHERE group_id = ?", (group,))
    if any(key != member and (who, above) == (party, under) for key, who, above in places):
        raise Refused(N_("This member has that place already."), field="who", code="known")
    if under is None:
        return
    if all(who != under for _key, who, _above in places):
        raise Refused(N_("Choose a member of this group."), field="under", code="stranger")
    above, seen = {under}, {under}
    while above:
        if party in above:
            raise Refused(N_("A member can't stand under itself."), field="under", code="circle", guide="credit")
        above = {up for _key, who, up in places if who in above and up is not None} - seen
        seen |= above
