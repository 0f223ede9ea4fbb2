"""What a robot's month must leave behind, and where a file, or the hub, holds something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.store.reads import Reads


@dataclass
class Model:
    """What must be there at the end."""

    visits: dict[RecordId, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)  # visits written by keyboard: their ids are not known beforehand
    notes: dict[ClientId, str] = field(default_factory=dict)
    bank: dict[str, str] = field(default_factory=dict)  # the phone of each client, as the bank told it last

    def texts(self) -> list[str]:
        """Of all visits, in the order of the alphabet."""
        return sorted([*self.visits.values(), *self.typed])


@dataclass(frozen=True, slots=True)
class Kept:
    """What a desk's file holds."""

    visits: dict[RecordId, str]
    notes: dict[ClientId, str]
    phones: dict[str, str]
    waiting: int


def kept(reads: Reads) -> Kept:
    """All of it; a robot's month is small enough."""
    from rmdesk.services.sync.queries import sync_line

    visits = {RecordId(one): text for one, text in reads.rows("SELECT id, content FROM visit LIMIT 100000")}
    clients = list(reads.rows("SELECT id, note, number, phone FROM client LIMIT 100000"))
    notes = {ClientId(one): note for one, note, _number, _phone in clients if note}
    phones = {number: phone for _one, _note, number, phone in clients}
    return Kept(visits, notes, phones, sync_line(reads).waiting)


def differences(model: Model, here: Kept) -> list[str]:
    """Where a desk's file holds something else than the model, in sentences."""
    found = []
    if {one: here.visits.get(one) for one in model.visits} != model.visits:
        found.append("a visit is lost or changed")
    if sorted(here.visits.values()) != model.texts():
        found.append(f"{len(here.visits)} visits at the desk, {len(model.texts())} were logged, or others")
    if here.notes != model.notes:
        found.append("a note is lost or changed")
    if here.phones.keys() != model.bank.keys():
        found.append(f"{len(here.phones)} clients, {len(model.bank)} in the bank's file, or others")
    elif here.phones != model.bank:
        wrong = sum(here.phones[number] != phone for number, phone in model.bank.items())
        found.append(f"{wrong} phones are not as the bank told them last")
    if here.waiting:
        found.append(f"{here.waiting} records still wait")
    return found


def at_the_hub(model: Model, visits: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Where the hub holds other visits than the model."""
    if sorted(str(one.get("content")) for one in visits.values()) != model.texts():
        return [f"{len(visits)} visits at the hub, {len(model.texts())} were logged, or others"]
    return []
