"""Referrals: whom a client brought, whether it is confirmed, and which client they became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, RecordId, new_id
from rmdesk.models.relations import Referral
from rmdesk.services.profile.days import check_past
from rmdesk.services.relations import checks
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import Kept, changing, removed
from rmdesk.services.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Brought:
    """Who was brought, on which day; `new` is the client they became."""

    name: str
    on: date
    confirmed: bool = False
    new: ClientId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AddReferral:
    """Note whom a client brought to the bank; only what is confirmed counts for loyalty and priority."""

    label: ClassVar[str] = N_("Add referral")
    client: ClientId
    brought: Brought

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        client = ClientId(int(checks.there(work, self.client, "client")))
        referral = Referral(id=new_id(), client_id=client)
        _write(work, referral, self.brought)
        work.add(referral)
        was = Kept()
        was.made(referral)
        return Done(RecordId(referral.id), inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class EditReferral:
    """Correct a referral."""

    label: ClassVar[str] = N_("Edit referral")
    referral: RecordId
    brought: Brought

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        referral, was = changing(work, Referral, self.referral)
        _write(work, referral, self.brought)
        return Done(self.referral, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class ConfirmReferral:
    """Note that a referral is confirmed, or that it is not after all."""

    label: ClassVar[str] = N_("Confirm referral")
    referral: RecordId
    confirmed: bool = True

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        referral, was = changing(work, Referral, self.referral)
        referral.confirmed = self.confirmed
        return Done(self.referral, inverse=was.inverse)


@dataclass(frozen=True, slots=True)
class RemoveReferral:
    """Take a referral away."""

    label: ClassVar[str] = N_("Remove referral")
    referral: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        return removed(work, Referral, self.referral)


def _write(work: UnitOfWork, referral: Referral, told: Brought) -> None:
    client, name = _brought(work, told.new, referral), told.name
    if not name.strip() and client is not None:
        name = str(work.value("SELECT name FROM client WHERE id = ?", (client,)))
    check_past(told.on, "on")
    referral.name = checks.name(name)
    referral.on = told.on
    referral.confirmed = told.confirmed
    referral.new_client_id = client
    referral.note = checks.text(told.note, "note")


def _brought(work: UnitOfWork, new: ClientId | None, referral: Referral) -> ClientId | None:
    """The client who was brought: not the one who brought them, and brought by one only."""
    if new is None:
        return None
    client = ClientId(int(checks.there(work, new, "new")))
    if client == referral.client_id:
        raise Refused(N_("This is the same client."), do=N_("Choose another."), field="new", code="self")
    sql = "SELECT c.name FROM referral r JOIN client c ON c.id = r.client_id WHERE r.new_client_id = ? AND r.id <> ?"
    other = work.value(sql, (client, referral.id))
    if other is not None:
        raise Refused(
            N_("This client was brought by {name} already."), do=N_("Edit that referral instead."), field="new",
            code="brought", name=other,
        )  # fmt: skip
    return client
